package vn.phusa.pipelines.io.marketplace.limit;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
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
import vn.phusa.pipelines.io.marketplace.spec.Marketplace;
import vn.phusa.pipelines.io.staging.Staging;

/**
 * A platform's request limit, kept in the staging database so that it holds over all workers,
 * processes and restarts (whose clocks must agree). There are as many permits as requests are
 * allowed; one that is taken comes back a window after the latest time at which the platform can
 * have seen the request. So no window of that length, wherever it begins, sees more.
 *
 * <p>There is none while the platform wants no request at all: {@link PlatformPause} keeps until
 * when, also for a daily quota that is used up.
 */
public final class RateLimit {
  private static final String PERMITS = "extract_permit";
  private static final String PLATFORM = "platform";
  private static final String NUMBER = "number";
  private static final String FREE = "free_at";

  private final String platform;
  private final Marketplace.Limit limit;
  private final Duration longestRequest;
  private final Clock clock;
  private final MongoCollection<Document> rateLimit;
  private final PlatformPause pauses;

  /**
   * @param longestRequest how long a request may be under way
   */
  public RateLimit(
      String platform,
      Marketplace.Limit limit,
      Duration longestRequest,
      Staging staging,
      Clock clock) {
    this.platform = platform;
    this.limit = limit;
    this.longestRequest = longestRequest;
    this.clock = clock;
    this.rateLimit = staging.memory(PERMITS);
    this.pauses = new PlatformPause(platform, staging, clock);
    if (isLimited()) {
      prepare();
    }
  }

  /**
   * The right to send one request.
   *
   * @param id null where nothing is limited
   */
  public record Permit(@Nullable String id, @Nullable Date until) {}

  private boolean isLimited() {
    return limit.requests() > 0;
  }

  /**
   * Waits for a permit.
   *
   * @throws ExtractionPausedException if that takes longer than the extraction is ready to wait
   */
  public Permit acquire(WaitBudget waitBudget) throws InterruptedException {
    while (true) {
      pauses.await(waitBudget);
      if (!isLimited()) {
        return new Permit(null, null);
      }
      Instant now = clock.instant();
      Date until = Date.from(now.plus(limit.per()).plus(longestRequest).plusMillis(1));
      Document taken =
          rateLimit.findOneAndUpdate(
              Filters.and(mine(), Filters.lte(FREE, Date.from(now))),
              Updates.set(FREE, until),
              new FindOneAndUpdateOptions().sort(Sorts.ascending(FREE)));
      if (taken != null) {
        Permit permit = new Permit(taken.getString("_id"), until);
        if (!pauses.isPaused()) {
          return permit;
        }
        // Reported to others while this one was taken; it is of use to whoever comes first
        // afterwards.
        free(permit, now);
        continue;
      }
      Document next = rateLimit.find(mine()).sort(Sorts.ascending(FREE)).first();
      if (next != null) {
        waitBudget.await(next.getDate(FREE).toInstant(), "the request limit of " + platform);
      }
    }
  }

  /** Says that the request is answered, so that the platform will not see it any later. */
  public void answered(Permit permit) {
    if (permit.id() != null) {
      free(permit, clock.instant().plus(limit.per()).plusMillis(1));
    }
  }

  private void free(Permit permit, Instant at) {
    rateLimit.updateOne(
        Filters.and(Filters.eq(permit.id()), Filters.eq(FREE, permit.until())),
        Updates.set(FREE, Date.from(at)));
  }

  /** Lets nobody send a request to the platform before a time. */
  public void pause(Instant until, String why) {
    pauses.pause(until, why);
  }

  private Bson mine() {
    return Filters.and(Filters.eq(PLATFORM, platform), Filters.lt(NUMBER, limit.requests()));
  }

  private void prepare() {
    rateLimit.createIndex(Indexes.ascending(PLATFORM, FREE));
    if (rateLimit.countDocuments(mine()) == limit.requests()) {
      return;
    }
    List<Integer> known =
        rateLimit
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
      rateLimit.insertMany(missing, new InsertManyOptions().ordered(false));
    } catch (MongoBulkWriteException | MongoWriteException e) {
      // Another process prepares them at the same time.
      if (rateLimit.countDocuments(mine()) != limit.requests()) {
        throw e;
      }
    }
  }
}
