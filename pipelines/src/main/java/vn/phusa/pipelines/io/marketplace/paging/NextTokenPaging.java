package vn.phusa.pipelines.io.marketplace.paging;

/** A cursor by another name. */
public final class NextTokenPaging extends TokenPaging {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "nextToken";
  }
}
