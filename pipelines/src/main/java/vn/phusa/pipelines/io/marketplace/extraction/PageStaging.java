package vn.phusa.pipelines.io.marketplace.extraction;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.http.MarketplaceException;
import vn.phusa.pipelines.io.marketplace.limit.ExtractionPausedException;
import vn.phusa.pipelines.io.marketplace.paging.ListedRecord;
import vn.phusa.pipelines.io.marketplace.paging.MarketplaceClient;
import vn.phusa.pipelines.io.marketplace.paging.RelatedRecordReader;
import vn.phusa.pipelines.io.marketplace.spec.Marketplace;
import vn.phusa.pipelines.io.marketplace.spec.PlatformTime;
import vn.phusa.pipelines.io.marketplace.spec.StreamSpec;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.model.SourcePosition;

/**
 * Brings a page's records into staging, with their details and what is read beside. Where a request
 * for them fails, what the others brought is staged, and distinguished from what is still to be
 * read.
 */
final class PageStaging {
  private final String part;
  private final Marketplace marketplace;
  private final StreamSpec extract;
  private final ExtractionLease lease;
  private final Map<String, StagingSink> sinks;
  private final Set<String> conditions;
  private final @Nullable RelatedRecordReader details;
  private final Map<String, RelatedRecordReader> also = new LinkedHashMap<>();

  /**
   * @param sinks where records go, by the names of the part and of what is read beside
   * @param requests where several requests are sent at once
   */
  PageStaging(
      String name,
      String part,
      Marketplace marketplace,
      MarketplaceClient client,
      ExtractionLease lease,
      Map<String, StagingSink> sinks,
      ExecutorService requests) {
    this.part = part;
    this.marketplace = marketplace;
    this.extract = marketplace.extract().get(part);
    this.lease = lease;
    this.sinks = sinks;
    this.conditions =
        extract.also().values().stream()
            .filter(read -> read.when() != null)
            .map(read -> read.when().at())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    this.details =
        extract.detail() == null
            ? null
            : new RelatedRecordReader(
                name, marketplace, extract.detail(), conditions, client, requests);
    extract
        .also()
        .forEach(
            (beside, read) ->
                also.put(
                    beside,
                    new RelatedRecordReader(name, marketplace, read, Set.of(), client, requests)));
  }

  /** The pointers into a record of the list that are needed beside its id and time. */
  Set<String> conditions() {
    return conditions;
  }

  /**
   * Stages records.
   *
   * @param staged the ids that need not be read again, by the parts that they were read for; those
   *     that are read now are added, and are safe when this returns or fails as it says
   * @return whether that changed anything in the part's collection
   * @throws ExtractionPausedException if the platform's limits exceed the wait budget, or another
   *     process extracts this now
   * @throws MarketplaceException if a request was refused, or went wrong too often
   */
  boolean stage(List<ListedRecord> listed, Map<String, Set<String>> staged)
      throws InterruptedException, SQLException {
    if (listed.isEmpty()) {
      return false;
    }
    RuntimeException failure = null;
    put(part, listed.stream().filter(record -> record.id() == null).toList());
    try {
      read(named(listed), staged);
    } catch (ExtractionPausedException | MarketplaceException e) {
      failure = e;
    }
    boolean isChanged = write();
    if (failure != null) {
      throw failure;
    }
    return isChanged;
  }

  private static List<ListedRecord> named(List<ListedRecord> records) {
    return records.stream().filter(record -> record.id() != null).toList();
  }

  private boolean write() throws SQLException {
    lease.check();
    boolean isChanged = sinks.get(part).write();
    for (String beside : also.keySet()) {
      sinks.get(beside).write();
    }
    return isChanged;
  }

  private void read(List<ListedRecord> listed, Map<String, Set<String>> staged)
      throws InterruptedException {
    List<ListedRecord> records;
    if (details == null) {
      put(part, listed);
      records = listed;
    } else {
      records = detailed(listed, staged.computeIfAbsent(part, p -> new HashSet<>()));
    }
    for (Map.Entry<String, RelatedRecordReader> beside : also.entrySet()) {
      String besidePart = beside.getKey();
      RelatedRecordReader reader = beside.getValue();
      Set<String> known = staged.computeIfAbsent(besidePart, p -> new HashSet<>());
      List<ListedRecord> wanted =
          records.stream()
              .filter(record -> reader.isFor(record) && !known.contains(record.id()))
              .toList();
      reader.read(
          wanted,
          batch -> {
            put(besidePart, batch.found());
            rejectMissing(besidePart, batch, reader.isRequired());
            batch.asked().forEach(record -> known.add(record.id()));
          });
    }
  }

  /** The details of records: as far as they are not staged, those are read and put. */
  private List<ListedRecord> detailed(List<ListedRecord> listed, Set<String> staged)
      throws InterruptedException {
    List<ListedRecord> records = new ArrayList<>();
    List<ListedRecord> unread = new ArrayList<>();
    if (also.isEmpty()) {
      // Where the position in the pages is lost, a long list would otherwise never come to its
      // end. What is read beside may be missing though the record is there.
      Set<String> known = sinks.get(part).staged(times(listed));
      sinks.get(part).skip(known.size());
      listed.stream()
          .filter(record -> !known.contains(record.id()) && !staged.contains(record.id()))
          .forEach(unread::add);
    } else {
      Map<String, String> payloads = sinks.get(part).payloads(staged);
      for (ListedRecord record : listed) {
        String payload = payloads.get(record.id());
        ListedRecord known = payload == null ? null : details.known(record, payload);
        if (known == null) {
          unread.add(record);
        } else {
          records.add(known);
        }
      }
    }
    details.read(
        unread,
        batch -> {
          put(part, batch.found());
          rejectMissing(part, batch, true);
          records.addAll(named(batch.found()));
          batch.asked().forEach(record -> staged.add(record.id()));
        });
    return records;
  }

  /** What there is nothing for is a dead letter: once, since it is not asked for again. */
  private void rejectMissing(String into, RelatedRecordReader.Batch batch, boolean isRequired) {
    Set<String> found = batch.foundIds();
    for (ListedRecord record : batch.asked()) {
      String refusal = batch.refused().get(record.id());
      if (refusal == null && (!isRequired || found.contains(record.id()))) {
        continue;
      }
      sinks
          .get(into)
          .reject(
              SourcePosition.of(kind(into), record.id()),
              refusal == null ? Reason.NO_DETAIL : Reason.REFUSED,
              refusal == null
                  ? "the list has it, and the call for what belongs to it does not"
                  : refusal,
              record.piece().text());
    }
  }

  /** When records changed, by their ids, where their list says so. */
  private Map<String, Long> times(List<ListedRecord> listed) {
    Map<String, Long> times = new HashMap<>();
    for (ListedRecord record : listed) {
      Long micros = micros(record);
      if (micros != null) {
        times.put(record.id(), micros);
      }
    }
    return times;
  }

  private @Nullable Long micros(ListedRecord record) {
    String text = record.updated();
    return text == null || text.isEmpty() ? null : PlatformTime.micros(text, marketplace.zone());
  }

  private void put(String into, List<ListedRecord> records) {
    StagingSink sink = sinks.get(into);
    for (ListedRecord record : records) {
      Long micros = micros(record);
      if (record.id() == null) {
        String text = record.piece().text();
        // Met again it is the same dead letter.
        String hash = Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
        sink.reject(
            SourcePosition.withoutKey(kind(into), hash), Reason.MISSING_KEY, "it has no id", text);
      } else if (micros == null && record.updated() != null && !record.updated().isEmpty()) {
        sink.reject(
            SourcePosition.of(kind(into), record.id()),
            Reason.NOT_A_TIME,
            "the time of its change is not understood",
            record.piece().text());
      } else {
        sink.add(record.id(), micros, record.piece().text());
      }
    }
  }

  private String kind(String of) {
    return of.equals(part) ? extract.kind() : extract.also().get(of).kindIn(of);
  }
}
