package vn.phusa.runners.jobs.extract;

import java.util.Optional;
import vn.phusa.pipelines.io.marketplace.paging.Paginator;
import vn.phusa.pipelines.io.marketplace.paging.PagingContext;
import vn.phusa.pipelines.io.marketplace.paging.PagingStrategy;
import vn.phusa.pipelines.io.marketplace.spec.StreamSpec;

/** A way to page that no platform has: the first page is the last one. */
public final class CountdownPaging implements PagingStrategy {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "countdown";
  }

  @Override
  public Optional<String> problem(StreamSpec.ListRead list) {
    return list.paging().first() > 0 ? Optional.empty() : Optional.of("paging.first is no page");
  }

  @Override
  public Paginator.Turn turn(PagingContext context) {
    long number = context.position().number();
    return number > 1 ? context.toNumber(number - 1) : context.done();
  }
}
