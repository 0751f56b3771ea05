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

/**
 * Rule 1 of {@link History}: the changes of one commit are one change.
 *
 * <p>A commit is known by its time and its log position together, because a position can come again
 * after a restore. PostgreSQL leaves an unchanged long text out of each statement's row image, not
 * out of the commit's, so each attribute comes from the last change that carries it.
 */
final class CommitFold {
  private static final Comparator<Change> BY_INDEX =
      Comparator.comparingInt((Change c) -> c.getStamp().getCommitIndex())
          .thenComparing(Change.ORDER);

  private record Commit(long orderedMicros, long lsn) {}

  private CommitFold() {}

  /**
   * The changes with those of each commit made one; changes without a position stay as they are.
   */
  static List<Change> fold(Collection<Change> changes) {
    List<Change> folded = new ArrayList<>(changes.size());
    Map<Commit, List<Change>> commits = new HashMap<>();
    for (Change change : changes) {
      Long lsn = change.getStamp().getCommitLsn();
      if (lsn == null) {
        folded.add(change);
      } else {
        commits
            .computeIfAbsent(
                new Commit(change.getStamp().getOrderedMicros(), lsn), c -> new ArrayList<>(1))
            .add(change);
      }
    }
    for (List<Change> commit : commits.values()) {
      folded.add(commit.size() == 1 ? commit.get(0) : one(commit));
    }
    return folded;
  }

  private static Change one(List<Change> commit) {
    commit.sort(BY_INDEX);
    @Nullable String[] values = new String[commit.get(0).getValues().size()];
    long absent = -1L >>> (Long.SIZE - values.length);
    for (Change change : commit) {
      for (int i = 0; i < values.length; i++) {
        if (change.carries(i)) {
          values[i] = change.value(i);
          absent &= ~(1L << i);
        }
      }
    }
    Change last = commit.get(commit.size() - 1);
    return Change.create(
        last.getStamp(),
        last.getOperation(),
        Collections.unmodifiableList(Arrays.asList(values)),
        absent);
  }
}
