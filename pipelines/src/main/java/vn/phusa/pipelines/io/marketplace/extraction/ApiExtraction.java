package vn.phusa.pipelines.io.marketplace.extraction;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.extraction.ExtractCursors.Cursor;
import vn.phusa.pipelines.io.marketplace.http.Futures;
import vn.phusa.pipelines.io.marketplace.http.MarketplaceException;
import vn.phusa.pipelines.io.marketplace.limit.ExtractionPausedException;
import vn.phusa.pipelines.io.marketplace.paging.ListedRecord;
import vn.phusa.pipelines.io.marketplace.paging.MarketplaceClient;
import vn.phusa.pipelines.io.marketplace.paging.PagePosition;
import vn.phusa.pipelines.io.marketplace.paging.PageReader;
import vn.phusa.pipelines.io.marketplace.paging.Paginator;
import vn.phusa.pipelines.io.marketplace.paging.RepeatedPageGuard;
import vn.phusa.pipelines.io.marketplace.spec.Marketplace;
import vn.phusa.pipelines.io.marketplace.spec.StreamSpec;
import vn.phusa.pipelines.io.step.RunId;

/**
 * Extracts one part of a marketplace page by page. While a page is staged, the next one is already
 * asked for. The cursor moves after the page, with all that belongs to its records, is safe.
 */
public final class ApiExtraction implements Extraction {
  private static final int MAX_PASSES = 5;
  private static final int MAX_RESTARTS = 5;

  private final String name;
  private final String part;
  private final Marketplace marketplace;
  private final StreamSpec extract;
  private final MarketplaceClient client;
  private final ExtractCursors cursors;
  private final ExtractionLease lease;
  private final Map<String, StagingSink> sinks;
  private final RunId runId;
  private final Clock clock;
  private final Paginator turner;

  /**
   * @param sinks where records go, by the names of the part and of what is read beside
   */
  public ApiExtraction(
      String name,
      String part,
      Marketplace marketplace,
      MarketplaceClient client,
      ExtractCursors cursors,
      ExtractionLease lease,
      Map<String, StagingSink> sinks,
      RunId runId,
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
    this.turner = new Paginator(name, extract.list());
  }

  @Override
  public void run() throws InterruptedException, SQLException {
    Cursor cursor = cursors.load();
    Instant now = clock.instant();
    if (extract.every() != null
        && cursor.position() == null
        && cursor.done() != null
        && cursor.done().plus(extract.every()).isAfter(now)) {
      return;
    }
    ExecutorService requests = Executors.newFixedThreadPool(marketplace.concurrency() + 1);
    try {
      Reading reading = new Reading(requests);
      if (cursor.position() != null) {
        // What an earlier extraction left unfinished comes first; it ends where that one would.
        cursor = reading.to(cursor);
        if (extract.list().since() == null) {
          // The whole list again is for the next one, or it would never come to an end.
          return;
        }
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
    StreamSpec.Since since = extract.list().since();
    if (since == null) {
      return now;
    }
    Instant from = done == null ? since.beginning(now) : done.minus(since.overlap());
    return from.isBefore(now) ? from : now;
  }

  /** The reading of all pages from a position on. */
  private final class Reading {
    private final ExecutorService requests;
    private final PageReader pages;
    private final PageStaging staging;

    /** The records of this period, as far as it was read in this run; only where it is verified. */
    private final Set<String> seen = new HashSet<>();

    /** The ids of this list, as far as it was read in this run. */
    private final Set<String> listed = new HashSet<>();

    private final RepeatedPageGuard samePages = new RepeatedPageGuard(name);
    private int restarts;
    private @Nullable Future<PageReader.Page> coming;

    Reading(ExecutorService requests) {
      this.requests = requests;
      this.staging = new PageStaging(name, part, marketplace, client, lease, sinks, requests);
      this.pages = new PageReader(name, marketplace, extract.list(), staging.conditions(), client);
    }

    /** Reads to the end that the position names. */
    Cursor to(Cursor begun) throws InterruptedException, SQLException {
      Cursor cursor = begun;
      ask(cursor.position());
      try {
        while (cursor.position() != null) {
          cursor = afterPage(cursor);
          if (cursor.position() != null) {
            lease.check();
            cursors.save(cursor, runId);
          }
        }
      } finally {
        if (coming != null) {
          coming.cancel(true);
        }
      }
      Cursor done = new Cursor(begun.position().end(), null);
      cursors.save(done, runId);
      return done;
    }

    private void ask(@Nullable PagePosition position) {
      coming = position == null ? null : requests.submit(() -> pages.read(position));
    }

    /** Takes the page that was asked for, and asks for the next one. */
    private Cursor afterPage(Cursor cursor) throws InterruptedException, SQLException {
      PagePosition position = cursor.position();
      PageReader.Page page;
      try {
        page = Futures.await(coming);
      } catch (MarketplaceClient.PagingLostException e) {
        if (position.pages() == 0 || ++restarts > MAX_RESTARTS) {
          throw MarketplaceException.lasting(name + ": " + e.getMessage());
        }
        return elsewhere(cursor, turner.again(position));
      } catch (MarketplaceClient.ListTooLongException e) {
        return elsewhere(cursor, turner.halved(position));
      }
      if (position.pages() == 0) {
        samePages.begin();
      }
      samePages.check(page.records());
      Paginator.Turn turn = turner.turn(position, page.seen());
      List<ListedRecord> used = turn.isPageUsed() ? page.records() : List.of();
      long rows = rows(cursor, used);
      List<ListedRecord> fresh = unseen(used);
      if (turn.position() != null) {
        ask(turn.position());
        return cursor.at(turn.position(), stage(fresh, cursor).withRows(rows));
      }
      if (mayBeReadAgain(cursor, rows, page.seen().total())) {
        // Only when it is staged it is known whether it was new.
        PassProgress progress = stage(fresh, cursor);
        if (progress.pass() == 1 || progress.hasNew()) {
          ask(turner.again(position));
          return cursor.at(turner.again(position), progress.nextPass());
        }
        ask(turner.nextWindow(position));
      } else {
        ask(turner.nextWindow(position));
        stage(fresh, cursor);
      }
      seen.clear();
      return cursor.at(turner.nextWindow(position), PassProgress.begun());
    }

    /** Without the page that could not be had. */
    private Cursor elsewhere(Cursor cursor, PagePosition position) {
      ask(position);
      return cursor.at(position, cursor.progress().withStaged(Map.of()));
    }

    /** How many different records the list has had, these included. */
    private long rows(Cursor cursor, List<ListedRecord> more) {
      boolean isFirst = cursor.position().pages() == 0;
      if (isFirst) {
        listed.clear();
      }
      long rows = isFirst ? 0 : cursor.progress().rows();
      return rows + more.stream().filter(record -> listed.add(record.id())).count();
    }

    /**
     * Whether the period may be read once more, if this brings news: where that is asked for and
     * there are several pages, and where the list says that it has more records than came: one that
     * changes moves to another page, and those between move over the border of a page that was
     * read.
     */
    private boolean mayBeReadAgain(Cursor cursor, long rows, @Nullable Long total) {
      boolean isShort = total != null && rows < total;
      boolean isVerified = extract.list().paging().verify() && cursor.position().pages() > 0;
      return (isVerified || isShort) && cursor.progress().pass() < MAX_PASSES;
    }

    private List<ListedRecord> unseen(List<ListedRecord> records) {
      return extract.list().paging().verify()
          ? records.stream().filter(r -> seen.add(identity(r))).toList()
          : records;
    }

    private String identity(ListedRecord record) {
      return record.id() == null ? record.piece().text() : record.id() + "\n" + record.updated();
    }

    /** Stages a page; where that ends in the middle, the next extraction continues there. */
    private PassProgress stage(List<ListedRecord> records, Cursor cursor)
        throws InterruptedException, SQLException {
      Map<String, Set<String>> staged = cursor.progress().stagedSoFar();
      try {
        return cursor.progress().afterPage(staging.stage(records, staged));
      } catch (ExtractionPausedException | MarketplaceException e) {
        lease.check();
        cursors.save(cursor.at(cursor.position(), cursor.progress().withStaged(staged)), runId);
        throw e;
      }
    }
  }
}
