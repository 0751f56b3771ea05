package vn.phusa.pipelines.io.marketplace;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.mongodb.Staging;

/**
 * A platform's request limit, kept in the staging database so that it holds over all workers,
 * processes and restarts (whose clocks must agree). There are as many permits as requests are
 * allowed; one that is taken comes back a window after the latest time at which the platform can
 * have seen the request. So no window of that length, wherever it begins, sees more.
 *
 * <p>A time before which the platform wants no request at all is kept beside.
 */
final class RequestPermits {
  private static final String PERMITS = "extract_permit";
  private static final String PAUSES = "extract_pause";
  private static final String PLATFORM = "platform";
  private static final String NUMBER = "number";
  private static final String FREE = "free_at";
  private static final String UNTIL = "until";
  private static final String WHY = "why";
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final String platform;
  private final Marketplace.Limit limit;
  private final Duration longestRequest;
  private final Clock clock;
  private final MongoCollection<Document> permits;
  private final MongoCollection<Document> pauses;
  private volatile @Nullable Pause pause;
  private volatile Instant looked = Instant.MIN;

  /**
   * @param longestRequest how long a request may be under way
   */
  RequestPermits(
      String platform,
      Marketplace.Limit limit,
      Duration longestRequest,
      Staging staging,
      Clock clock) {
    this.platform = platform;
    this.limit = limit;
    this.longestRequest = longestRequest;
    this.clock = clock;
    this.permits = staging.memory(PERMITS);
    this.pauses = staging.memory(PAUSES);
    if (isLimited()) {
      prepare();
    }
    lookForPause();
  }

  /** Another worker, or another part of the same platform, may have been told to pause. */
  private void lookForPause() {
    Document known = pauses.find(Filters.eq(platform)).first();
    if (known != null) {
      pause = new Pause(known.getDate(UNTIL).toInstant(), known.getString(WHY));
    }
    looked = clock.instant();
  }

  private record Pause(Instant until, String why) {}

  /**
   * The right to send one request.
   *
   * @param id null where nothing is limited
   */
  record Permit(@Nullable String id, @Nullable Date until) {}

  private boolean isLimited() {
    return limit.requests() > 0;
  }

  /**
   * Waits for a permit.
   *
   * @throws PausedException if that takes longer than the extraction is ready to wait
   */
  Permit acquire(Patience patience) throws InterruptedException {
    while (true) {
      if (clock.instant().isAfter(looked.plus(LOOK_EVERY))) {
        lookForPause();
      }
      Pause paused = pause;
      if (paused != null) {
        patience.await(paused.until(), paused.why());
      }
      if (!isLimited()) {
        return new Permit(null, null);
      }
      Instant now = clock.instant();
      Date until = Date.from(now.plus(limit.per()).plus(longestRequest).plusMillis(1));
      Document taken =
          permits.findOneAndUpdate(
              Filters.and(mine(), Filters.lte(FREE, Date.from(now))),
              Updates.set(FREE, until),
              new FindOneAndUpdateOptions().sort(Sorts.ascending(FREE)));
      if (taken != null) {
        return new Permit(taken.getString("_id"), until);
      }
      Document next = permits.find(mine()).sort(Sorts.ascending(FREE)).first();
      if (next != null) {
        patience.await(next.getDate(FREE).toInstant(), "the request limit of " + platform);
      }
    }
  }

  /** Says that the request is answered, so that the platform will not see it any later. */
  void answered(Permit permit) {
    if (permit.id() != null) {
      permits.updateOne(
          Filters.and(Filters.eq(permit.id()), Filters.eq(FREE, permit.until())),
          Updates.set(FREE, Date.from(clock.instant().plus(limit.per()).plusMillis(1))));
    }
  }

  /** Lets nobody send a request to the platform before a time. */
  synchronized void pause(Instant until, String why) {
    Pause known = pause;
    if (known == null || known.until().isBefore(until)) {
      pause = new Pause(until, why);
      pauses.replaceOne(
          Filters.eq(platform),
          new Document("_id", platform).append(UNTIL, Date.from(until)).append(WHY, why),
          new ReplaceOptions().upsert(true));
    }
  }

  private Bson mine() {
    return Filters.and(Filters.eq(PLATFORM, platform), Filters.lt(NUMBER, limit.requests()));
  }

  private void prepare() {
    permits.createIndex(Indexes.ascending(PLATFORM, FREE));
    if (permits.countDocuments(mine()) == limit.requests()) {
      return;
    }
    List<Integer> known =
        permits
            .find(mine())
            .projection(Projections.include(NUMBER))
            .into(new java.util.ArrayList<>())
            .stream()
            .map(d -> d.getInteger(NUMBER))
            .toList();
    List<Document> missing =
        IntStream.range(0, limit.requests())
            .filter(n -> !known.contains(n))
            .mapToObj(
                n ->
                    new Document("_id", platform + ":" + n)
                        .append(PLATFORM, platform)
                        .append(NUMBER, n)
                        .append(FREE, new Date(0)))
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    try {
      permits.insertMany(missing, new InsertManyOptions().ordered(false));
    } catch (MongoBulkWriteException | MongoWriteException e) {
      // Another process prepares them at the same time.
      if (permits.countDocuments(mine()) != limit.requests()) {
        throw e;
      }
    }
  }
}
