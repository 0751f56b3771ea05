package vn.phusa.pipelines.io.marketplace.paging;

/** Pages have numbers. */
public final class PageNumberPaging implements PagingStrategy {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "page";
  }

  @Override
  public Paginator.Turn turn(PagingContext context) {
    int limit = context.paging().limit();
    if (context.removed() > 0) {
      return context.back((context.removed() + limit - 1) / limit);
    }
    Paginator.Seen page = context.page();
    long number = context.position().number();
    long read = (number - context.paging().first() + 1) * limit;
    boolean isLast =
        page.records() == 0
            || (page.lastPage() != null
                ? number >= page.lastPage()
                : page.total() != null ? read >= page.total() : page.records() < limit);
    return isLast ? context.done() : context.toNumber(number + 1);
  }
}
