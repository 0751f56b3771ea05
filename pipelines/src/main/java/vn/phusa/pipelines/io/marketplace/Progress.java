package vn.phusa.pipelines.io.marketplace;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What an extraction under way remembers of the period that it reads, beside its place: so that it
 * ends however often it has to stop.
 *
 * @param pass how often the period is read, from 1
 * @param hasNew whether this pass brought anything that staging did not have
 * @param rows how many different records the pages before the place had, of the list that it is in
 * @param staged the ids of the place's records that need not be read again, by the parts that they
 *     were read for
 */
record Progress(int pass, boolean hasNew, long rows, Map<String, Set<String>> staged) {
  Progress {
    Map<String, Set<String>> copy = new HashMap<>();
    staged.forEach((part, ids) -> copy.put(part, Set.copyOf(ids)));
    staged = Map.copyOf(copy);
  }

  /** Before the first page of a period. */
  static Progress begun() {
    return new Progress(1, false, 0, Map.of());
  }

  /** After a page. */
  Progress afterPage(boolean broughtNew) {
    return new Progress(pass, hasNew || broughtNew, rows, Map.of());
  }

  /** Within a page. */
  Progress withStaged(Map<String, Set<String>> ids) {
    return new Progress(pass, hasNew, rows, ids);
  }

  /** With another number of rows. */
  Progress withRows(long number) {
    return new Progress(pass, hasNew, number, staged);
  }

  /** Before the first page of the same period. */
  Progress nextPass() {
    return new Progress(pass + 1, false, 0, Map.of());
  }

  /** The ids by part, to be added to. */
  Map<String, Set<String>> stagedSoFar() {
    Map<String, Set<String>> ids = new HashMap<>();
    staged.forEach((part, some) -> ids.put(part, new HashSet<>(some)));
    return ids;
  }
}
