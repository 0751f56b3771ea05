package vn.phusa.pipelines.io.marketplace.extraction;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What an extraction under way remembers of the period that it reads, beside its position: so that
 * it ends however often it has to stop.
 *
 * @param pass how often the period is read, from 1
 * @param hasNew whether this pass brought anything that staging did not have
 * @param rows how many different records the pages before the position had, of the list that it is
 *     in
 * @param staged the ids of the position's records that need not be read again, by the parts that
 *     they were read for
 */
record PassProgress(int pass, boolean hasNew, long rows, Map<String, Set<String>> staged) {
  PassProgress {
    Map<String, Set<String>> copy = new HashMap<>();
    staged.forEach((part, ids) -> copy.put(part, Set.copyOf(ids)));
    staged = Map.copyOf(copy);
  }

  /** Before the first page of a period. */
  static PassProgress begun() {
    return new PassProgress(1, false, 0, Map.of());
  }

  /** After a page. */
  PassProgress afterPage(boolean broughtNew) {
    return new PassProgress(pass, hasNew || broughtNew, rows, Map.of());
  }

  /** Within a page. */
  PassProgress withStaged(Map<String, Set<String>> ids) {
    return new PassProgress(pass, hasNew, rows, ids);
  }

  /** With another number of rows. */
  PassProgress withRows(long number) {
    return new PassProgress(pass, hasNew, number, staged);
  }

  /** Before the first page of the same period. */
  PassProgress nextPass() {
    return new PassProgress(pass + 1, false, 0, Map.of());
  }

  /** The ids by part, to be added to. */
  Map<String, Set<String>> stagedSoFar() {
    Map<String, Set<String>> ids = new HashMap<>();
    staged.forEach((part, some) -> ids.put(part, new HashSet<>(some)));
    return ids;
  }
}
