package vn.phusa.pipelines.io.marketplace.paging;

/** A page begins so many records after the first. */
public final class OffsetPaging implements PagingStrategy {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "offset";
  }

  @Override
  public Paginator.Turn turn(PagingContext context) {
    if (context.removed() > 0) {
      return context.back(context.removed());
    }
    Paginator.Seen page = context.page();
    long next = context.position().number() + page.records();
    boolean isLast =
        page.records() == 0
            || (page.total() == null
                ? page.records() < context.paging().limit()
                : next - context.paging().first() >= page.total());
    return isLast ? context.done() : context.toOffset(next);
  }
}
