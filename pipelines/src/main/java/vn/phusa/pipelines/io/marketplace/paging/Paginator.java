package vn.phusa.pipelines.io.marketplace.paging;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.http.MarketplaceException;
import vn.phusa.pipelines.io.marketplace.spec.StreamSpec;

/**
 * Says what comes after a page.
 *
 * <p>A record that changes while a list is read leaves the list's period, and those behind it move
 * forward over the border of a page that was read. A total that became smaller tells: then the list
 * is read again from as many records before the page.
 */
public final class Paginator {
  /** Periods touch, and platforms differ in whether their bounds belong to them. */
  private static final Duration TOUCH = Duration.ofSeconds(1);

  private final String platform;
  private final StreamSpec.Paging paging;
  private final @Nullable Duration window;

  public Paginator(String platform, StreamSpec.ListRead list) {
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
  public record Seen(
      int records,
      @Nullable Long total,
      @Nullable String next,
      @Nullable Boolean more,
      @Nullable Long lastPage,
      @Nullable Instant lastUpdated) {}

  /**
   * What comes after a page.
   *
   * @param position null: the list is read
   * @param isPageUsed whether the page's records are to be taken
   */
  public record Turn(@Nullable PagePosition position, boolean isPageUsed) {}

  /** The first place of a whole extraction. */
  public PagePosition first(Instant from, Instant end) {
    return PagePosition.first(from, windowEnd(from, end), end, paging.first());
  }

  /** The first place of the period after one; null: there is none. */
  public @Nullable PagePosition nextWindow(PagePosition done) {
    return done.to().isBefore(done.end()) ? first(done.to().minus(TOUCH), done.end()) : null;
  }

  /** The first place of the same period. */
  public PagePosition again(PagePosition position) {
    return PagePosition.first(position.from(), position.to(), position.end(), paging.first());
  }

  public Turn turn(PagePosition position, Seen page) {
    long gone =
        position.total() == null || page.total() == null
            ? 0
            : Math.max(0, position.total() - page.total());
    if (isTooLong(page)) {
      return new Turn(halved(position), false);
    }
    return switch (paging.kind()) {
      case NONE -> new Turn(null, true);
      case OFFSET -> afterOffset(position, page, gone);
      case PAGE -> afterNumber(position, page, gone);
      case NEXTOFFSET -> afterNextOffset(position, page, gone);
      case CURSOR, NEXTTOKEN -> afterToken(position, page);
    };
  }

  private Turn afterOffset(PagePosition position, Seen page, long gone) {
    if (gone > 0) {
      return next(position, Math.max(paging.first(), position.number() - gone), page);
    }
    long next = position.number() + page.records();
    boolean isLast =
        page.records() == 0
            || (page.total() == null
                ? page.records() < paging.limit()
                : next - paging.first() >= page.total());
    if (isLast) {
      return new Turn(null, true);
    }
    return toOffset(position, next, page);
  }

  private Turn toOffset(PagePosition position, long next, Seen page) {
    Long greatest = paging.greatestOffset();
    return greatest != null && next > greatest
        ? new Turn(anchored(position, page), true)
        : next(position, next, page);
  }

  private Turn afterNumber(PagePosition position, Seen page, long gone) {
    if (gone > 0) {
      long pages = (gone + paging.limit() - 1) / paging.limit();
      return next(position, Math.max(paging.first(), position.number() - pages), page);
    }
    long read = (position.number() - paging.first() + 1) * paging.limit();
    boolean isLast =
        page.records() == 0
            || (page.lastPage() != null
                ? position.number() >= page.lastPage()
                : page.total() != null ? read >= page.total() : page.records() < paging.limit());
    return isLast ? new Turn(null, true) : next(position, position.number() + 1, page);
  }

  private Turn afterNextOffset(PagePosition position, Seen page, long gone) {
    if (gone > 0) {
      return next(position, Math.max(paging.first(), position.number() - gone), page);
    }
    if (isEnd(page)) {
      return new Turn(null, true);
    }
    long next;
    try {
      next = Long.parseLong(page.next());
    } catch (NumberFormatException e) {
      throw MarketplaceException.lasting(platform + ": the next offset is no number");
    }
    if (next <= position.number()) {
      throw circle();
    }
    return toOffset(position, next, page);
  }

  private Turn afterToken(PagePosition position, Seen page) {
    if (isEnd(page) || (page.more() == null && page.records() == 0)) {
      return new Turn(null, true);
    }
    if (page.next().equals(position.token()) || page.next().equals(position.landmark())) {
      throw circle();
    }
    return new Turn(position.next(paging.first(), page.next(), page.total()), true);
  }

  private static boolean isEnd(Seen page) {
    return Boolean.FALSE.equals(page.more()) || page.next() == null || page.next().isEmpty();
  }

  private static Turn next(PagePosition position, long number, Seen page) {
    return new Turn(position.next(number, "", page.total()), true);
  }

  private MarketplaceException circle() {
    return MarketplaceException.lasting(platform + ": its pages lead in a circle");
  }

  /** Whether a list is longer than its offsets reach, and cannot be continued by time. */
  private boolean isTooLong(Seen page) {
    Long greatest = paging.greatestOffset();
    return greatest != null
        && !paging.ascending()
        && page.total() != null
        && page.total() > greatest + paging.limit();
  }

  /**
   * The earlier half of a period whose list is longer than its offsets reach.
   *
   * @throws MarketplaceException if it is too short to be halved
   */
  public PagePosition halved(PagePosition position) {
    long millis = Duration.between(position.from(), position.to()).toMillis();
    // Shorter, and the next period would begin where this one did.
    if (millis <= 4 * TOUCH.toMillis()) {
      throw tooMany();
    }
    Instant half = position.from().plusMillis(millis / 2);
    return PagePosition.first(position.from(), half, position.end(), paging.first());
  }

  /** The rest of a period, from the last record on. */
  private PagePosition anchored(PagePosition position, Seen page) {
    Instant last = page.lastUpdated();
    Instant anchor = last == null ? null : last.truncatedTo(ChronoUnit.SECONDS).minus(TOUCH);
    if (!paging.ascending() || anchor == null || !anchor.isAfter(position.from())) {
      throw tooMany();
    }
    return PagePosition.first(anchor, position.to(), position.end(), paging.first());
  }

  private MarketplaceException tooMany() {
    return MarketplaceException.lasting(
        platform + ": more records changed at one time than its offsets reach");
  }

  private Instant windowEnd(Instant from, Instant end) {
    Instant longest = window == null ? end : from.plus(window);
    return longest.isBefore(end) ? longest : end;
  }
}
