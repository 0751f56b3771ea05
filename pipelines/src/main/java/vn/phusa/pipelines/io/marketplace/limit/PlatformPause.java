package vn.phusa.pipelines.io.marketplace.limit;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.staging.ConditionalUpsert;
import vn.phusa.pipelines.io.staging.Staging;

/**
 * The time before which a platform wants no request at all, be it that it asked for a pause or that
 * the quota of a day is used up ({@code ResponseVerdict} says so), kept in the staging database so
 * that whoever receives it reports it to all others. It only ever becomes later: of two who receive
 * different times, the later one holds for both.
 */
final class PlatformPause {
  private static final String PAUSES = "extract_pause";
  private static final String UNTIL = "until";
  private static final String WHY = "why";
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final String platform;
  private final Clock clock;
  private final MongoCollection<Document> pauses;
  private volatile @Nullable Pause pause;
  private volatile Instant polledAt = Instant.MIN;

  PlatformPause(String platform, Staging staging, Clock clock) {
    this.platform = platform;
    this.clock = clock;
    this.pauses = staging.memory(PAUSES);
    poll();
  }

  private record Pause(Instant until, String why) {}

  /**
   * Waits until there is no pause. One may be reported, or become longer, while another is waited
   * for.
   *
   * @throws ExtractionPausedException if that takes longer than the extraction is ready to wait
   */
  void await(WaitBudget waitBudget) throws InterruptedException {
    while (true) {
      if (clock.instant().isAfter(polledAt.plus(POLL_INTERVAL))) {
        poll();
      }
      Pause paused = pause;
      if (paused == null || !clock.instant().isBefore(paused.until())) {
        return;
      }
      waitBudget.await(paused.until(), paused.why());
    }
  }

  /** Whether there is one now, as far as this worker knows. */
  boolean isPaused() {
    Pause paused = pause;
    return paused != null && clock.instant().isBefore(paused.until());
  }

  /** Another worker, or another part of the same platform, may have been asked to pause. */
  private void poll() {
    // Taken before: what is written while the answer comes is read by the next poll.
    Instant now = clock.instant();
    Document known = pauses.find(Filters.eq(platform)).first();
    if (known != null) {
      keepLater(new Pause(known.getDate(UNTIL).toInstant(), known.getString(WHY)));
    }
    polledAt = now;
  }

  private synchronized boolean keepLater(Pause reported) {
    Pause known = pause;
    if (known != null && !known.until().isBefore(reported.until())) {
      return false;
    }
    pause = reported;
    return true;
  }

  /** Lets nobody send a request to the platform before a time. */
  void pause(Instant until, String why) {
    if (keepLater(new Pause(until, why))) {
      // Where a later one is known to others, that one stays.
      ConditionalUpsert.write(
          pauses,
          platform,
          Filters.lt(UNTIL, Date.from(until)),
          Updates.combine(Updates.set(UNTIL, Date.from(until)), Updates.set(WHY, why)));
    }
  }
}
