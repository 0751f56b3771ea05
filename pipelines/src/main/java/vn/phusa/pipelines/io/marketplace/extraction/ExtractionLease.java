package vn.phusa.pipelines.io.marketplace.extraction;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.marketplace.limit.ExtractionPausedException;
import vn.phusa.pipelines.io.marketplace.limit.WaitBudget;
import vn.phusa.pipelines.io.staging.ConditionalUpsert;
import vn.phusa.pipelines.io.staging.Staging;

/**
 * The right to extract a part of a platform, which only one process has at a time. It is held by
 * saying so again and again; a process that died loses it after a few seconds.
 */
public final class ExtractionLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExtractionLease.class);
  private static final String LEASES = "extract_lease";
  private static final String OWNER = "owner";
  private static final String UNTIL = "until";
  public static final Duration HELD = Duration.ofSeconds(8);
  private static final Duration BEAT = Duration.ofSeconds(2);
  private static final Duration MAX_GIVING_BACK = Duration.ofSeconds(4);
  private static final Duration POLL = Duration.ofMillis(200);

  private final MongoCollection<Document> leases;
  private final String key;
  private final Clock clock;
  private final String owner = UUID.randomUUID().toString();
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "extraction-lease");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean lost;

  private ExtractionLease(Staging staging, String key, Clock clock) {
    this.leases = staging.memory(LEASES);
    this.key = key;
    this.clock = clock;
  }

  /**
   * Takes the lease. Where another holds it, waits to see whether that one is alive.
   *
   * @throws ExtractionPausedException if it is
   */
  public static ExtractionLease acquire(
      Staging staging, String key, Clock clock, WaitBudget.Sleeper sleeper)
      throws InterruptedException {
    ExtractionLease lease = new ExtractionLease(staging, key, clock);
    @Nullable Date first = null;
    while (!lease.take()) {
      Document held = lease.leases.find(Filters.eq(key)).first();
      Date until = held == null ? null : held.getDate(UNTIL);
      if (first == null) {
        first = until;
      } else if (until != null && until.after(first)) {
        lease.heart.shutdownNow();
        throw new ExtractionPausedException("partial: another extraction is active");
      }
      sleeper.sleep(POLL);
    }
    var unused =
        lease.heart.scheduleAtFixedRate(
            lease::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    return lease;
  }

  private boolean take() {
    Instant now = clock.instant();
    return ConditionalUpsert.write(
        leases,
        key,
        Filters.or(Filters.eq(OWNER, owner), Filters.lt(UNTIL, Date.from(now))),
        Updates.combine(Updates.set(OWNER, owner), Updates.set(UNTIL, Date.from(now.plus(HELD)))));
  }

  private void beat() {
    try {
      lost = lost || !take();
    } catch (MongoException e) {
      // What is written next finds out whether staging is gone.
      LOG.debug("{}: the lease could not be held", key);
    }
  }

  /**
   * To be called before anything is written.
   *
   * @throws ExtractionPausedException if another has the lease now
   */
  public void check() {
    if (lost) {
      throw new ExtractionPausedException("partial: another extraction is active");
    }
  }

  /**
   * Gives the lease back, after the last beat and in its thread: a client of MongoDB does nothing
   * in a thread that was interrupted, which is how an extraction is stopped.
   */
  @Override
  public void close() {
    heart.execute(this::giveBack);
    heart.shutdown();
    boolean interrupted = Thread.interrupted();
    try {
      if (!heart.awaitTermination(MAX_GIVING_BACK.toMillis(), TimeUnit.MILLISECONDS)) {
        heart.shutdownNow();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void giveBack() {
    try {
      leases.deleteOne(Filters.and(Filters.eq(key), Filters.eq(OWNER, owner)));
    } catch (MongoException e) {
      LOG.debug("{}: the lease could not be given back", key);
    }
  }
}
