package vn.phusa.pipelines.io.marketplace.paging;

/** An answer says the cursor of the next page. */
public final class CursorPaging extends TokenPaging {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "cursor";
  }
}
