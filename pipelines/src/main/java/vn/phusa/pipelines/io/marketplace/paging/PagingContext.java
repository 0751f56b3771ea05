package vn.phusa.pipelines.io.marketplace.paging;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import vn.phusa.pipelines.io.marketplace.http.MarketplaceException;
import vn.phusa.pipelines.io.marketplace.paging.Paginator.Seen;
import vn.phusa.pipelines.io.marketplace.paging.Paginator.Turn;
import vn.phusa.pipelines.io.marketplace.spec.StreamSpec;

/** A page that was read, and the ways on from it. */
public final class PagingContext {
  private final String platform;
  private final StreamSpec.Paging paging;
  private final PagePosition position;
  private final Seen page;

  PagingContext(String platform, StreamSpec.Paging paging, PagePosition position, Seen page) {
    this.platform = platform;
    this.paging = paging;
    this.position = position;
    this.page = page;
  }

  public StreamSpec.Paging paging() {
    return paging;
  }

  /** Before the page. */
  public PagePosition position() {
    return position;
  }

  public Seen page() {
    return page;
  }

  /** How many records have left the list since the page before, by the totals. */
  public long removed() {
    return position.total() == null || page.total() == null
        ? 0
        : Math.max(0, position.total() - page.total());
  }

  /** Whether the answer says that no page follows, or does not say which. */
  public boolean isEnd() {
    return Boolean.FALSE.equals(page.more()) || page.next() == null || page.next().isEmpty();
  }

  /** The list is read. */
  public Turn done() {
    return new Turn(null, true);
  }

  /** The page of a number or offset comes next. */
  public Turn toNumber(long number) {
    return new Turn(position.next(number, "", page.total()), true);
  }

  /** A page so many numbers or offsets before this one comes next, or the first. */
  public Turn back(long by) {
    return toNumber(Math.max(paging.first(), position.number() - by));
  }

  /**
   * The page of an offset comes next; where offsets do not reach so far, the rest of the period,
   * from the last record on.
   *
   * @throws MarketplaceException if the rest would be the whole period again
   */
  public Turn toOffset(long offset) {
    Long greatest = paging.greatestOffset();
    return greatest != null && offset > greatest ? new Turn(anchored(), true) : toNumber(offset);
  }

  /**
   * The page of a token comes next.
   *
   * @throws MarketplaceException if it was read before
   */
  public Turn toToken(String token) {
    if (token.equals(position.token()) || token.equals(position.landmark())) {
      throw circle();
    }
    return new Turn(position.next(paging.first(), token, page.total()), true);
  }

  /** The failure of pages that lead back to one that was read. */
  public MarketplaceException circle() {
    return failure("its pages lead in a circle");
  }

  /** A failure of this platform. */
  public MarketplaceException failure(String problem) {
    return MarketplaceException.lasting(platform + ": " + problem);
  }

  private PagePosition anchored() {
    Instant last = page.lastUpdated();
    Instant anchor =
        last == null ? null : last.truncatedTo(ChronoUnit.SECONDS).minus(Paginator.TOUCH);
    if (!paging.ascending() || anchor == null || !anchor.isAfter(position.from())) {
      throw Paginator.tooMany(platform);
    }
    return PagePosition.first(anchor, position.to(), position.end(), paging.first());
  }
}
