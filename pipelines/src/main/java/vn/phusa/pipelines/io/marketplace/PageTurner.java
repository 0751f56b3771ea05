package vn.phusa.pipelines.io.marketplace;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Says what comes after a page.
 *
 * <p>A record that changes while a list is read leaves the list's period, and those behind it move
 * forward over the border of a page that was read. A total that became smaller tells: then the list
 * is read again from as many records before the page.
 */
final class PageTurner {
  /** Periods touch, and platforms differ in whether their bounds belong to them. */
  private static final Duration TOUCH = Duration.ofSeconds(1);

  private final String platform;
  private final Extract.Paging paging;
  private final @Nullable Duration window;

  PageTurner(String platform, Extract.ListRead list) {
    this.platform = platform;
    this.paging = list.paging();
    this.window = list.since() == null ? null : list.since().window();
  }

  /**
   * A page as far as the next one depends on it.
   *
   * @param records how many it has
   * @param total how many there are in all pages; null: not said
   * @param next what leads to the next page; null: nothing
   * @param more whether there is a next page; null: not said
   * @param lastPage the last page's number; null: not said
   * @param lastUpdated when its last record changed; null: not said
   */
  record Seen(
      int records,
      @Nullable Long total,
      @Nullable String next,
      @Nullable Boolean more,
      @Nullable Long lastPage,
      @Nullable Instant lastUpdated) {}

  /**
   * What comes after a page.
   *
   * @param place null: the list is read
   * @param isPageUsed whether the page's records are to be taken
   */
  record Turn(@Nullable Place place, boolean isPageUsed) {}

  /** The first place of a whole extraction. */
  Place first(Instant from, Instant end) {
    return new Place(from, windowEnd(from, end), end, paging.first(), "", null);
  }

  /** The first place of the period after one; null: there is none. */
  @Nullable Place nextWindow(Place done) {
    return done.to().isBefore(done.end()) ? first(done.to().minus(TOUCH), done.end()) : null;
  }

  /** The first place of the same period. */
  Place again(Place place) {
    return place.at(paging.first(), "", null);
  }

  Turn turn(Place place, Seen page) {
    long gone =
        place.total() == null || page.total() == null
            ? 0
            : Math.max(0, place.total() - page.total());
    return switch (paging.kind()) {
      case NONE -> new Turn(null, true);
      case OFFSET -> afterOffset(place, page, gone);
      case PAGE -> afterNumber(place, page, gone);
      case NEXTOFFSET -> afterNextOffset(place, page, gone);
      case CURSOR, NEXTTOKEN -> afterToken(place, page);
    };
  }

  private Turn afterOffset(Place place, Seen page, long gone) {
    Long greatest = paging.greatestOffset();
    if (greatest != null
        && !paging.ascending()
        && page.total() != null
        && page.total() > greatest + paging.limit()) {
      return new Turn(halved(place, greatest), false);
    }
    if (gone > 0) {
      return next(place, Math.max(paging.first(), place.number() - gone), page);
    }
    long next = place.number() + page.records();
    boolean isLast =
        page.records() == 0
            || (page.total() == null
                ? page.records() < paging.limit()
                : next - paging.first() >= page.total());
    if (isLast) {
      return new Turn(null, true);
    }
    if (greatest != null && next > greatest) {
      return new Turn(anchored(place, page, greatest), true);
    }
    return next(place, next, page);
  }

  private Turn afterNumber(Place place, Seen page, long gone) {
    if (gone > 0) {
      long pages = (gone + paging.limit() - 1) / paging.limit();
      return next(place, Math.max(paging.first(), place.number() - pages), page);
    }
    long read = (place.number() - paging.first() + 1) * paging.limit();
    boolean isLast =
        page.records() == 0
            || (page.lastPage() != null
                ? place.number() >= page.lastPage()
                : page.total() != null ? read >= page.total() : page.records() < paging.limit());
    return isLast ? new Turn(null, true) : next(place, place.number() + 1, page);
  }

  private Turn afterNextOffset(Place place, Seen page, long gone) {
    if (gone > 0) {
      return next(place, Math.max(paging.first(), place.number() - gone), page);
    }
    if (isEnd(page)) {
      return new Turn(null, true);
    }
    try {
      return next(place, Long.parseLong(page.next()), page);
    } catch (NumberFormatException e) {
      throw MarketplaceException.lasting(platform + ": the next offset is no number");
    }
  }

  private Turn afterToken(Place place, Seen page) {
    if (isEnd(page) || (page.more() == null && page.records() == 0)) {
      return new Turn(null, true);
    }
    if (page.next().equals(place.token())) {
      throw MarketplaceException.lasting(platform + ": a page leads to itself");
    }
    return new Turn(place.at(paging.first(), page.next(), page.total()), true);
  }

  private static boolean isEnd(Seen page) {
    return Boolean.FALSE.equals(page.more()) || page.next() == null || page.next().isEmpty();
  }

  private static Turn next(Place place, long number, Seen page) {
    return new Turn(place.at(number, "", page.total()), true);
  }

  /** The earlier half of a period whose list is longer than its offsets reach. */
  private Place halved(Place place, long greatest) {
    long millis = Duration.between(place.from(), place.to()).toMillis();
    // Shorter, and the next period would begin where this one did.
    if (millis <= 4 * TOUCH.toMillis()) {
      throw tooMany(greatest);
    }
    Instant half = place.from().plusMillis(millis / 2);
    return new Place(place.from(), half, place.end(), paging.first(), "", null);
  }

  /** The rest of a period, from the last record on. */
  private Place anchored(Place place, Seen page, long greatest) {
    Instant last = page.lastUpdated();
    Instant anchor = last == null ? null : last.truncatedTo(ChronoUnit.SECONDS).minus(TOUCH);
    if (!paging.ascending() || anchor == null || !anchor.isAfter(place.from())) {
      throw tooMany(greatest);
    }
    return new Place(anchor, place.to(), place.end(), paging.first(), "", null);
  }

  private MarketplaceException tooMany(long greatest) {
    return MarketplaceException.lasting(
        platform + ": more records changed at one time than its offsets reach (" + greatest + ")");
  }

  private Instant windowEnd(Instant from, Instant end) {
    Instant longest = window == null ? end : from.plus(window);
    return longest.isBefore(end) ? longest : end;
  }
}
