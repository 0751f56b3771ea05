package vn.phusa.pipelines.io.marketplace.paging;

import java.time.Duration;
import java.time.Instant;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.http.MarketplaceException;
import vn.phusa.pipelines.io.marketplace.spec.StreamSpec;

/**
 * Says what comes after a page, by the strategy that the list's description names.
 *
 * <p>A record that changes while a list is read leaves the list's period, and those behind it move
 * forward over the border of a page that was read. A total that became smaller shows it: then the
 * list is read again from as many records before the page.
 */
public final class Paginator {
  /** Periods touch, and platforms differ in whether their bounds belong to them. */
  static final Duration TOUCH = Duration.ofSeconds(1);

  private final String platform;
  private final StreamSpec.Paging paging;
  private final PagingStrategy strategy;
  private final @Nullable Duration window;

  public Paginator(String platform, StreamSpec.ListRead list) {
    this.platform = platform;
    this.paging = list.paging();
    this.strategy = paging.kind().as(PagingStrategy.class);
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

  /** The first position of a whole extraction. */
  public PagePosition first(Instant from, Instant end) {
    return PagePosition.first(from, windowEnd(from, end), end, paging.first());
  }

  /** The first position of the period after one; null: there is none. */
  public @Nullable PagePosition nextWindow(PagePosition done) {
    return done.to().isBefore(done.end()) ? first(done.to().minus(TOUCH), done.end()) : null;
  }

  /** The first position of the same period. */
  public PagePosition again(PagePosition position) {
    return PagePosition.first(position.from(), position.to(), position.end(), paging.first());
  }

  /**
   * What comes after a page.
   *
   * @throws MarketplaceException if its pages lead nowhere, or more records changed at one time
   *     than its offsets reach
   */
  public Turn turn(PagePosition position, Seen page) {
    return isTooLong(page)
        ? new Turn(halved(position), false)
        : strategy.turn(new PagingContext(platform, paging, position, page));
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
      throw tooMany(platform);
    }
    Instant half = position.from().plusMillis(millis / 2);
    return PagePosition.first(position.from(), half, position.end(), paging.first());
  }

  static MarketplaceException tooMany(String platform) {
    return MarketplaceException.lasting(
        platform + ": more records changed at one time than its offsets reach");
  }

  private Instant windowEnd(Instant from, Instant end) {
    Instant longest = window == null ? end : from.plus(window);
    return longest.isBefore(end) ? longest : end;
  }
}
