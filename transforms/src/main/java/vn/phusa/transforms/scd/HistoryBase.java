package vn.phusa.transforms.scd;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;

/**
 * What is left of the changes before a horizon: those that opened or ended a version, that carry
 * what stood in one, and the last. Of the others none makes a difference to any version, or to what
 * comes after the horizon; what would still come from before it may fare otherwise, and is refused
 * for that.
 */
final class HistoryBase {
  private final DimensionSpec dimension;
  private final Set<Change> old;

  private HistoryBase(DimensionSpec dimension, Set<Change> old) {
    this.dimension = dimension;
    this.old = old;
  }

  /**
   * The changes with those before the horizon folded to their base.
   *
   * @param horizonMicros changes that are ordered before it are folded, in microseconds since
   *     1970-01-01 UTC
   */
  static Set<Change> folded(DimensionSpec dimension, Set<Change> changes, long horizonMicros) {
    Set<Change> old = new LinkedHashSet<>();
    for (Change change : changes) {
      if (change.getStamp().getOrderedMicros() < horizonMicros) {
        old.add(change);
      }
    }
    if (old.size() < 2) {
      return changes;
    }
    Set<Change> base = new HistoryBase(dimension, old).base();
    if (base.size() == old.size()
        || !History.outcome(dimension, base).equals(History.outcome(dimension, old))) {
      return changes;
    }
    Set<Change> folded = new LinkedHashSet<>(changes);
    folded.removeAll(old);
    folded.addAll(base);
    return folded;
  }

  private Set<Change> base() {
    List<Change> inOrder = History.merged(dimension, old);
    Set<ChangeStamp> openings = new HashSet<>();
    History.of(dimension, old).forEach(version -> openings.add(version.opening()));
    @Nullable Change[] carriers = new Change[dimension.attributes().size()];
    @Nullable Change last = null;
    Set<Change> kept = new LinkedHashSet<>();
    for (Change change : inOrder) {
      boolean isState = change.getOperation() == Operation.DELETE;
      for (int i = 0; i < carriers.length; i++) {
        if (change.carries(i)) {
          carriers[i] = change;
          isState |= dimension.isType2(i);
        }
      }
      if (openings.contains(change.getStamp())) {
        keep(carriers, kept);
      }
      if (isState) {
        last = change;
      }
      if (change.getOperation() == Operation.DELETE) {
        kept.add(change);
      }
    }
    keep(carriers, kept);
    if (last != null) {
      kept.add(last);
    }
    return origins(kept);
  }

  private static void keep(@Nullable Change[] carriers, Set<Change> kept) {
    for (Change carrier : carriers) {
      if (carrier != null) {
        kept.add(carrier);
      }
    }
  }

  /** The changes that were made one, or completed another: all of their commit or moment. */
  private Set<Change> origins(Set<Change> kept) {
    Set<Long> moments = new HashSet<>();
    Set<List<Long>> commits = new HashSet<>();
    for (Change change : kept) {
      moments.add(change.getStamp().getModifiedMicros());
      if (change.isCaptured()) {
        commits.add(commit(change));
      }
    }
    Set<Change> origins = new LinkedHashSet<>();
    for (Change change : old) {
      if (change.isCaptured()
          ? commits.contains(commit(change))
          : moments.contains(change.getStamp().getModifiedMicros())) {
        origins.add(change);
      }
    }
    return origins;
  }

  private static List<Long> commit(Change change) {
    ChangeStamp stamp = change.getStamp();
    return List.of(stamp.getOrderedMicros(), Objects.requireNonNull(stamp.getCommitLsn()));
  }
}
