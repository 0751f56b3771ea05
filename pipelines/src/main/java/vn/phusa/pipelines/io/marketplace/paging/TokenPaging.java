package vn.phusa.pipelines.io.marketplace.paging;

import java.util.Optional;
import vn.phusa.pipelines.io.marketplace.spec.StreamSpec;

/** An answer says what leads to the next page, whatever it means to the platform. */
abstract class TokenPaging implements PagingStrategy {
  private static final long serialVersionUID = 1L;

  @Override
  public final Optional<String> problem(StreamSpec.ListRead list) {
    return list.answer().next() == null
        ? Optional.of("answer.next is missing")
        : PagingStrategy.super.problem(list);
  }

  @Override
  public final Paginator.Turn turn(PagingContext context) {
    Paginator.Seen page = context.page();
    boolean isEmpty = page.more() == null && page.records() == 0;
    return context.isEnd() || isEmpty ? context.done() : context.toToken(page.next());
  }
}
