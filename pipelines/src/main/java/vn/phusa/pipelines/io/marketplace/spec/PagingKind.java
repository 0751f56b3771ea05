package vn.phusa.pipelines.io.marketplace.spec;

import java.util.Optional;

/** A way to cut a list into pages, as far as a description and its check know it. */
public interface PagingKind extends Kind {

  /**
   * What is wrong with a list that is cut this way: one line that begins with the key under "list";
   * empty: nothing. Unless a kind says otherwise, its pages have a limit.
   */
  default Optional<String> problem(StreamSpec.ListRead list) {
    return list.paging().limit() > 0
        ? Optional.empty()
        : Optional.of("paging.limit is not positive");
  }
}
