package vn.phusa.pipelines.io.staging;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.transforms.model.StagedRecord;

/**
 * Writes records into a collection of staging so that any order and any repeats end in the same
 * documents: a newer record replaces the older, an older never a newer, and an equal one changes
 * nothing, not even the time of extraction, which is what loads look at.
 *
 * <p>Newer is what changed later by the platform's word; where it says nothing or says the same
 * time, what was extracted later.
 */
public final class StagingWriter {
  /** MongoDB keeps no document above 16 MB, and a character may take three bytes. */
  public static final int MAX_PAYLOAD_CHARACTERS = 5_000_000;

  private static final int DUPLICATE_KEY = 11000;

  /** With more known records than this share, looking first is cheaper than inserting first. */
  private static final int KNOWN_SHARE = 10;

  /** Platforms' times are whole seconds, and their clocks are not ours. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private final MongoCollection<Document> collection;
  private volatile boolean mostlyKnown;

  public StagingWriter(Staging staging, String collection) {
    this.collection = staging.records(collection);
  }

  /**
   * Writes a batch; when it returns, a majority of servers have it on disk.
   *
   * @return as loaded new records and those that replaced an older state, as skipped repeated and
   *     stale ones
   * @throws com.mongodb.MongoException when staging cannot be used
   */
  public RowCounts write(List<StagedRecord> batch) {
    if (batch.isEmpty()) {
      return RowCounts.NONE;
    }
    List<StagedRecord> newest = List.copyOf(newestOfEach(batch).values());
    long written = mostlyKnown ? replaceFirst(newest) : insertFirst(newest);
    return RowCounts.written(written, batch.size() - written);
  }

  private static Map<String, StagedRecord> newestOfEach(List<StagedRecord> batch) {
    Map<String, StagedRecord> newest = new LinkedHashMap<>(batch.size() * 2);
    for (StagedRecord record : batch) {
      newest.merge(record.key(), record, (a, b) -> isNewer(b, StagedDocuments.of(a)) ? b : a);
    }
    return newest;
  }

  private long insertFirst(List<StagedRecord> records) {
    List<StagedRecord> known = insert(records);
    mostlyKnown = known.size() * KNOWN_SHARE > records.size();
    return records.size() - known.size() + replace(known, stored(known));
  }

  private long replaceFirst(List<StagedRecord> records) {
    Map<String, Document> stored = stored(records);
    mostlyKnown = stored.size() * KNOWN_SHARE > records.size();
    List<StagedRecord> unknown =
        records.stream().filter(r -> !stored.containsKey(r.key())).toList();
    List<StagedRecord> known = records.stream().filter(r -> stored.containsKey(r.key())).toList();
    List<StagedRecord> overtaken = unknown.isEmpty() ? List.of() : insert(unknown);
    return unknown.size()
        - overtaken.size()
        + replace(known, stored)
        + (overtaken.isEmpty() ? 0 : replace(overtaken, stored(overtaken)));
  }

  /**
   * Which records are there in this state or a newer one, read late enough after the change that no
   * other one can have the same time.
   *
   * @param updated when records changed, in microseconds, by their ids
   */
  public Set<String> current(String platform, String kind, Map<String, Long> updated) {
    Map<String, String> ids = new HashMap<>();
    updated.keySet().forEach(id -> ids.put(String.join(":", platform, kind, id), id));
    Set<String> current = new HashSet<>();
    if (ids.isEmpty()) {
      return current;
    }
    for (Document document :
        collection
            .find(Filters.in(StagedDocuments.KEY, ids.keySet()))
            .projection(Projections.include(StagedDocuments.UPDATED, StagedDocuments.EXTRACTED))) {
      String id = ids.get(document.getString(StagedDocuments.KEY));
      Date known = document.getDate(StagedDocuments.UPDATED);
      Date changed = StagedDocuments.date(updated.get(id));
      Date settled = Date.from(changed.toInstant().plus(SETTLED));
      if (known != null
          && !known.before(changed)
          && document.getDate(StagedDocuments.EXTRACTED).after(settled)) {
        current.add(id);
      }
    }
    return current;
  }

  /** The payloads of those of some records that are there, by their ids. */
  public Map<String, String> payloads(String platform, String kind, Collection<String> ids) {
    Map<String, String> payloads = new HashMap<>();
    if (!ids.isEmpty()) {
      List<String> keys = ids.stream().map(id -> String.join(":", platform, kind, id)).toList();
      for (Document document :
          collection
              .find(Filters.in(StagedDocuments.KEY, keys))
              .projection(Projections.include(StagedDocuments.ID, StagedDocuments.PAYLOAD))) {
        payloads.put(
            document.getString(StagedDocuments.ID), document.getString(StagedDocuments.PAYLOAD));
      }
    }
    return payloads;
  }

  /** Inserts what is not there, and says what was. */
  private List<StagedRecord> insert(List<StagedRecord> records) {
    try {
      collection.insertMany(
          records.stream().map(StagedDocuments::of).toList(),
          new InsertManyOptions().ordered(false));
      return List.of();
    } catch (MongoBulkWriteException e) {
      Set<Integer> refused =
          e.getWriteErrors().stream().map(BulkWriteError::getIndex).collect(Collectors.toSet());
      boolean otherwise =
          e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY);
      if (otherwise || refused.isEmpty() || e.getWriteConcernError() != null) {
        throw e;
      }
      return refused.stream().sorted().map(records::get).toList();
    }
  }

  private Map<String, Document> stored(List<StagedRecord> records) {
    Map<String, Document> stored = new HashMap<>();
    if (!records.isEmpty()) {
      List<String> keys = records.stream().map(StagedRecord::key).toList();
      for (Document document : collection.find(Filters.in(StagedDocuments.KEY, keys))) {
        stored.put(document.getString(StagedDocuments.KEY), document);
      }
    }
    return stored;
  }

  private long replace(List<StagedRecord> records, Map<String, Document> stored) {
    List<WriteModel<Document>> changes = new ArrayList<>();
    for (StagedRecord record : records) {
      Document old = stored.get(record.key());
      if (old != null && !isSame(record, old) && isNewer(record, old)) {
        changes.add(new ReplaceOneModel<>(unlessNewer(record), StagedDocuments.of(record)));
      }
    }
    return changes.isEmpty()
        ? 0
        : collection.bulkWrite(changes, new BulkWriteOptions().ordered(false)).getMatchedCount();
  }

  private static boolean isSame(StagedRecord record, Document old) {
    return record.getPayload().equals(old.getString(StagedDocuments.PAYLOAD))
        && Objects.equals(
            StagedDocuments.date(record.getUpdatedMicros()), old.get(StagedDocuments.UPDATED));
  }

  private static boolean isNewer(StagedRecord record, Document old) {
    Date updated = StagedDocuments.date(record.getUpdatedMicros());
    Date known = old.getDate(StagedDocuments.UPDATED);
    if (updated != null && known != null && !updated.equals(known)) {
      return updated.after(known);
    }
    Date extracted = StagedDocuments.date(record.getExtractedMicros());
    return !extracted.before(old.getDate(StagedDocuments.EXTRACTED));
  }

  /** The same again as the server sees it: another writer may have come between. */
  private static Bson unlessNewer(StagedRecord record) {
    Date updated = StagedDocuments.date(record.getUpdatedMicros());
    Document notLater = new Document("$lte", StagedDocuments.date(record.getExtractedMicros()));
    // The key beside the rest and not within an $and, or not every server looks it up by its index.
    Document filter = new Document(StagedDocuments.KEY, record.key());
    if (updated == null) {
      return filter.append(StagedDocuments.EXTRACTED, notLater);
    }
    Document earlier = new Document(StagedDocuments.UPDATED, new Document("$lt", updated));
    Document same =
        new Document(StagedDocuments.UPDATED, new Document("$in", Arrays.asList(updated, null)))
            .append(StagedDocuments.EXTRACTED, notLater);
    return filter.append("$or", List.of(earlier, same));
  }
}
