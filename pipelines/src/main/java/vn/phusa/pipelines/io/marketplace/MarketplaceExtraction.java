package vn.phusa.pipelines.io.marketplace;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.ExtractCursors.Cursor;

/**
 * Extracts one part of a marketplace page by page. While a page is staged, the next one is already
 * asked for. The cursor moves after the page, with all that belongs to its records, is safe.
 */
final class MarketplaceExtraction implements PartExtraction {
  private static final int MOST_PASSES = 5;
  private static final int MOST_RESTARTS = 5;

  private final String name;
  private final String part;
  private final Marketplace marketplace;
  private final Extract extract;
  private final MarketplaceClient client;
  private final ExtractCursors cursors;
  private final ExtractionLease lease;
  private final Map<String, PartSink> sinks;
  private final String runId;
  private final Clock clock;
  private final PageTurner turner;

  /**
   * @param sinks where records go, by the names of the part and of what is read beside
   */
  MarketplaceExtraction(
      String name,
      String part,
      Marketplace marketplace,
      MarketplaceClient client,
      ExtractCursors cursors,
      ExtractionLease lease,
      Map<String, PartSink> sinks,
      String runId,
      Clock clock) {
    this.name = name;
    this.part = part;
    this.marketplace = marketplace;
    this.extract = marketplace.extract().get(part);
    this.client = client;
    this.cursors = cursors;
    this.lease = lease;
    this.sinks = sinks;
    this.runId = runId;
    this.clock = clock;
    this.turner = new PageTurner(name, extract.list());
  }

  @Override
  public void run() throws InterruptedException, SQLException {
    Cursor cursor = cursors.load();
    Instant now = clock.instant();
    if (extract.every() != null
        && cursor.place() == null
        && cursor.done() != null
        && cursor.done().plus(extract.every()).isAfter(now)) {
      return;
    }
    ExecutorService requests = Executors.newFixedThreadPool(marketplace.concurrency() + 1);
    try {
      Reading reading = new Reading(requests);
      if (cursor.place() != null) {
        // What an earlier extraction left unfinished comes first; it ends where that one would.
        cursor = reading.to(cursor);
      }
      Instant from = from(cursor.done(), now);
      if (cursor.done() == null || cursor.done().isBefore(now)) {
        reading.to(new Cursor(cursor.done(), turner.first(from, now)));
      }
    } finally {
      requests.shutdownNow();
    }
  }

  private Instant from(@Nullable Instant done, Instant now) {
    Extract.Since since = extract.list().since();
    if (since == null) {
      return now;
    }
    Instant from = done == null ? since.beginning(now) : done.minus(since.overlap());
    return from.isBefore(now) ? from : now;
  }

  /** The reading of all pages from a place on. */
  private final class Reading {
    private final ExecutorService requests;
    private final PageReader pages;
    private final @Nullable FollowReader details;
    private final Map<String, FollowReader> also = new HashMap<>();

    /** The records of this period, as far as it was read in this run; only where it is verified. */
    private final Set<String> seen = new HashSet<>();

    private int pagesOfPass;
    private int newOfPass;
    private int pass = 1;
    private int restarts;

    Reading(ExecutorService requests) {
      this.requests = requests;
      Set<String> conditions = new LinkedHashSet<>();
      extract.also().values().stream()
          .filter(read -> read.when() != null)
          .forEach(read -> conditions.add(read.when().at()));
      this.pages = new PageReader(name, marketplace, extract.list(), conditions, client);
      this.details =
          extract.detail() == null
              ? null
              : new FollowReader(name, marketplace, extract.detail(), conditions, client, requests);
      extract
          .also()
          .forEach(
              (alsoPart, read) ->
                  also.put(
                      alsoPart,
                      new FollowReader(name, marketplace, read, Set.of(), client, requests)));
    }

    /** Reads to the end that the place names. */
    Cursor to(Cursor begun) throws InterruptedException, SQLException {
      Place place = begun.place();
      Place last = place;
      // The pages before it were another process's, and count as pages of the first pass.
      pagesOfPass = place.token().isEmpty() ? 0 : 1;
      Future<PageReader.Page> coming = ask(place);
      try {
        while (place != null) {
          last = place;
          PageReader.Page page;
          try {
            page = Futures.await(coming);
          } catch (MarketplaceClient.PagingLostException e) {
            if (place.token().isEmpty() || ++restarts > MOST_RESTARTS) {
              throw MarketplaceException.lasting(name + ": " + e.getMessage());
            }
            place = turner.again(place);
            coming = ask(place);
            continue;
          }
          PageTurner.Turn turn = turner.turn(place, page.seen());
          List<ListedRecord> fresh = turn.isPageUsed() ? unseen(page.records()) : List.of();
          Place next = turn.place() == null ? afterPeriod(place) : turn.place();
          coming = next == null ? null : ask(next);
          stage(fresh);
          lease.check();
          place = next;
          if (place != null) {
            cursors.save(new Cursor(begun.done(), place), runId);
          }
        }
      } finally {
        if (coming != null) {
          coming.cancel(true);
        }
      }
      Cursor done = new Cursor(last.end(), null);
      cursors.save(done, runId);
      return done;
    }

    private Future<PageReader.Page> ask(Place place) {
      return requests.submit(() -> pages.read(place));
    }

    private List<ListedRecord> unseen(List<ListedRecord> records) {
      if (!extract.list().paging().verify()) {
        return records;
      }
      List<ListedRecord> unseen = new ArrayList<>();
      for (ListedRecord record : records) {
        if (seen.add(record.id() + "\n" + record.updated())) {
          unseen.add(record);
        }
      }
      pagesOfPass++;
      newOfPass += unseen.size();
      return unseen;
    }

    /** The same period again, until it brings nothing new, where that is asked for. */
    private @Nullable Place afterPeriod(Place done) {
      boolean again = pagesOfPass > 1 && newOfPass > 0 && pass < MOST_PASSES;
      pagesOfPass = 0;
      newOfPass = 0;
      if (again) {
        pass++;
        return turner.again(done);
      }
      pass = 1;
      seen.clear();
      return turner.nextWindow(done);
    }

    private void stage(List<ListedRecord> listed) throws InterruptedException, SQLException {
      if (listed.isEmpty()) {
        return;
      }
      List<ListedRecord> records = details == null ? listed : detailed(listed);
      put(sinks.get(part), extract.kind(), records);
      for (Map.Entry<String, FollowReader> beside : also.entrySet()) {
        List<ListedRecord> of = records.stream().filter(beside.getValue()::isFor).toList();
        if (!of.isEmpty()) {
          put(sinks.get(beside.getKey()), kind(beside.getKey()), beside.getValue().read(of));
        }
      }
      lease.check();
      for (PartSink sink : sinks.values()) {
        sink.write();
      }
    }

    private List<ListedRecord> detailed(List<ListedRecord> all) throws InterruptedException {
      List<ListedRecord> listed = all;
      if (also.isEmpty()) {
        // Where the position in the pages is lost, a long list would otherwise never come to its
        // end. What is read beside may be missing though the record is there.
        Set<String> known = sinks.get(part).staged(times(all));
        sinks.get(part).skip(known.size());
        listed = all.stream().filter(record -> !known.contains(record.id())).toList();
      }
      List<ListedRecord> records = details.read(listed);
      Set<String> found = new HashSet<>();
      records.forEach(record -> found.add(record.id()));
      for (ListedRecord record : listed) {
        if (found.add(record.id())) {
          sinks
              .get(part)
              .reject(
                  extract.kind() + "/" + record.id(),
                  "no_detail",
                  "the list has it, and the call of its details does not",
                  record.piece().text());
        }
      }
      return records;
    }
  }

  /** When records changed, by their ids, where their list says so. */
  private Map<String, Long> times(List<ListedRecord> listed) {
    Map<String, Long> times = new HashMap<>();
    for (ListedRecord record : listed) {
      Long micros =
          record.updated() == null ? null : TimeText.micros(record.updated(), marketplace.zone());
      if (micros != null) {
        times.put(record.id(), micros);
      }
    }
    return times;
  }

  private String kind(String alsoPart) {
    String kind = extract.also().get(alsoPart).kind();
    return kind == null ? extract.kind() : kind;
  }

  private void put(PartSink sink, String kind, List<ListedRecord> records) {
    ZoneOffset zone = marketplace.zone();
    for (ListedRecord record : records) {
      String text = record.updated();
      Long micros = text == null || text.isEmpty() ? null : TimeText.micros(text, zone);
      if (text != null && !text.isEmpty() && micros == null) {
        sink.reject(
            kind + "/" + record.id(),
            "not_a_time",
            "the time of its change is not understood",
            record.piece().text());
      } else {
        sink.add(record.id(), micros, record.piece().text());
      }
    }
  }
}
