package vn.phusa.pipelines.io.marketplace.paging;

import vn.phusa.pipelines.io.marketplace.spec.PagingKind;

/**
 * A way to turn pages: what a description says of it, and what comes after a page. Registered in
 * {@code META-INF/services} as {@link PagingKind}.
 */
public interface PagingStrategy extends PagingKind {

  /**
   * What comes after a page. A list that loses records while it is read must not lose others by it.
   *
   * @throws vn.phusa.pipelines.io.marketplace.http.MarketplaceException if the pages lead nowhere
   */
  Paginator.Turn turn(PagingContext context);
}
