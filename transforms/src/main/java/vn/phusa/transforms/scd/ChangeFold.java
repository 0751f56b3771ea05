package vn.phusa.transforms.scd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.ChangeStamp;

/**
 * Rule 1 of {@link History}: the changes of one commit are one change, and so are the states that
 * were read of one moment.
 *
 * <p>A commit is known by its time and its log position together, because a position can come again
 * after a restore; its changes are in the order of their places. States that say the same time (a
 * column of whole seconds, a bulk update) are in the order in which they were observed.
 *
 * <p>PostgreSQL leaves an unchanged long text out of each statement's row image, not out of the
 * commit's, so each attribute comes from the last change that carries it.
 */
final class ChangeFold {
  private static final Comparator<Change> BY_PLACE =
      Comparator.comparingInt((Change c) -> c.getStamp().getCommitIndex())
          .thenComparing(Change::getStamp, ChangeStamp.BY_OBSERVED)
          .thenComparing(Change.ORDER);

  /**
   * What is folded together.
   *
   * @param micros the time of the commit, or the time that the states say
   * @param lsn the commit's position; null for states that were read
   */
  private record Together(long micros, @Nullable Long lsn) {}

  private ChangeFold() {}

  /** The changes with those of each commit, and of each moment, made one; events stay. */
  static List<Change> fold(Collection<Change> changes) {
    List<Change> folded = new ArrayList<>(changes.size());
    Map<Together, List<Change>> groups = new HashMap<>();
    for (Change change : changes) {
      if (change.isCaptured() || change.isObserved()) {
        groups.computeIfAbsent(together(change), t -> new ArrayList<>(1)).add(change);
      } else {
        folded.add(change);
      }
    }
    for (List<Change> group : groups.values()) {
      folded.add(group.size() == 1 ? group.get(0) : one(group));
    }
    return folded;
  }

  private static Together together(Change change) {
    ChangeStamp stamp = change.getStamp();
    return change.isCaptured()
        ? new Together(stamp.getOrderedMicros(), stamp.getCommitLsn())
        : new Together(stamp.getModifiedMicros(), null);
  }

  private static Change one(List<Change> group) {
    group.sort(BY_PLACE);
    @Nullable String[] values = new String[group.get(0).getValues().size()];
    long absent = -1L >>> (Long.SIZE - values.length);
    for (Change change : group) {
      for (int i = 0; i < values.length; i++) {
        if (change.carries(i)) {
          values[i] = change.value(i);
          absent &= ~(1L << i);
        }
      }
    }
    Change last = group.get(group.size() - 1);
    return Change.create(
        last.getStamp(),
        last.getOperation(),
        Collections.unmodifiableList(Arrays.asList(values)),
        absent);
  }
}
