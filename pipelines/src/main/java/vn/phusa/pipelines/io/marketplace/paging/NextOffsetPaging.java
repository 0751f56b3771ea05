package vn.phusa.pipelines.io.marketplace.paging;

import java.util.Optional;
import vn.phusa.pipelines.io.marketplace.spec.StreamSpec;

/** An answer says the offset of the next page. */
public final class NextOffsetPaging implements PagingStrategy {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "nextOffset";
  }

  @Override
  public Optional<String> problem(StreamSpec.ListRead list) {
    return list.answer().next() == null
        ? Optional.of("answer.next is missing")
        : PagingStrategy.super.problem(list);
  }

  @Override
  public Paginator.Turn turn(PagingContext context) {
    if (context.removed() > 0) {
      return context.back(context.removed());
    }
    if (context.isEnd()) {
      return context.done();
    }
    long next;
    try {
      next = Long.parseLong(context.page().next());
    } catch (NumberFormatException e) {
      throw context.failure("the next offset is no number");
    }
    if (next <= context.position().number()) {
      throw context.circle();
    }
    return context.toOffset(next);
  }
}
