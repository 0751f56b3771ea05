package vn.phusa.pipelines.io.staging;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.MongoAddress;

/**
 * Reads the staging database. Every method may throw {@link StagingUnusableException}. What is read
 * is bounded by its arguments; nothing needs a cursor that stays open between two calls.
 */
public final class StagedReader implements AutoCloseable {
  private static final String KEY = "_id";
  private static final String PLATFORM = "platform";
  private static final String ID = "id";
  private static final String EXTRACTED = "extracted_at";

  private final Staging staging;

  private StagedReader(Staging staging) {
    this.staging = staging;
  }

  /** A connection; the secret is resolved here, on the machine that connects. */
  public static StagedReader open(MongoAddress address) {
    return new StagedReader(Staging.open(address));
  }

  /** Where a document stands in the order in which a platform's are read. */
  record Position(Date extracted, String key, @Nullable String id) {}

  /** The platforms that a collection has documents of. */
  public List<String> platforms(String collection) {
    return usable(
        db ->
            db.getCollection(collection).distinct(PLATFORM, String.class).into(new ArrayList<>()));
  }

  /**
   * The next documents of a platform that were extracted in a period, in the order of extraction
   * and key.
   *
   * @param from inclusive; null: from the first
   * @param to exclusive
   * @param after where the last call ended; null: at the beginning
   */
  List<Position> positions(
      String collection,
      String platform,
      @Nullable Instant from,
      Instant to,
      @Nullable Position after,
      int most) {
    List<Bson> conditions = new ArrayList<>();
    conditions.add(Filters.eq(PLATFORM, platform));
    conditions.add(Filters.lt(EXTRACTED, Date.from(to)));
    if (from != null) {
      conditions.add(Filters.gte(EXTRACTED, Date.from(from)));
    }
    if (after != null) {
      conditions.add(Filters.gte(EXTRACTED, after.extracted()));
      conditions.add(
          Filters.or(
              Filters.gt(EXTRACTED, after.extracted()),
              Filters.and(Filters.eq(EXTRACTED, after.extracted()), Filters.gt(KEY, after.key()))));
    }
    return usable(
        db -> {
          List<Position> positions = new ArrayList<>();
          for (Document document :
              db.getCollection(collection)
                  .find(Filters.and(conditions))
                  .projection(Projections.include(KEY, ID, EXTRACTED))
                  .sort(Sorts.ascending(EXTRACTED, KEY))
                  .limit(most)) {
            positions.add(
                new Position(
                    document.getDate(EXTRACTED),
                    document.getString(KEY),
                    document.get(ID) instanceof String id ? id : null));
          }
          return positions;
        });
  }

  /**
   * Which of the keys have a document that was extracted before a time, inclusive, or after
   * another.
   */
  List<String> keysOutside(
      String collection, Collection<String> keys, @Nullable Instant from, Instant to) {
    List<String> outside = new ArrayList<>();
    return usable(
        db -> {
          // The keys alone, so that every server finds them by its index; the rest is decided here.
          for (Document document :
              db.getCollection(collection)
                  .find(Filters.in(KEY, keys))
                  .projection(Projections.include(KEY, EXTRACTED))) {
            if (document.get(EXTRACTED) instanceof Date extracted
                && (!extracted.before(Date.from(to))
                    || (from != null && extracted.before(Date.from(from))))) {
              outside.add(document.getString(KEY));
            }
          }
          return outside;
        });
  }

  /** The documents of keys, in no order; a key without one is left out. */
  List<Document> documents(String collection, Collection<String> keys) {
    return usable(
        db -> db.getCollection(collection).find(Filters.in(KEY, keys)).into(new ArrayList<>()));
  }

  /** The payloads of all categories of a platform. */
  public List<String> categories(String platform) {
    return usable(
        db ->
            db.getCollection("raw_categories")
                .find(Filters.eq(PLATFORM, platform))
                .map(document -> String.valueOf(document.get("payload")))
                .into(new ArrayList<>()));
  }

  private <T> T usable(Function<MongoDatabase, T> reading) {
    try {
      return reading.apply(staging.database());
    } catch (MongoException e) {
      throw StagingUnusableException.of(e);
    }
  }

  @Override
  public void close() {
    staging.close();
  }
}
