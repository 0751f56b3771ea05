package vn.phusa.pipelines.io.marketplace.paging;

import java.util.Optional;
import vn.phusa.pipelines.io.marketplace.spec.StreamSpec;

/** The list comes whole. */
public final class SinglePage implements PagingStrategy {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "none";
  }

  @Override
  public Optional<String> problem(StreamSpec.ListRead list) {
    return Optional.empty();
  }

  @Override
  public Paginator.Turn turn(PagingContext context) {
    return context.done();
  }
}
