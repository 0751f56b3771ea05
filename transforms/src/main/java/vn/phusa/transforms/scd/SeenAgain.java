package vn.phusa.transforms.scd;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.phusa.transforms.model.ChangeStamp;

/**
 * States that were read again and are still the newest that is known of their moment: a load that
 * reads a row a second time says nothing new, and its time of observation is not kept.
 *
 * <p>So a state is taken to have been observed when it was seen first. That makes a difference only
 * where another state of the same moment arrives later though it was observed in between, which one
 * loader at a time never brings about.
 */
final class SeenAgain {
  private SeenAgain() {}

  /** The arrived changes without those that only repeat what is known. */
  static Collection<Change> removedFrom(Collection<Change> arrived, Set<Change> known) {
    if (known.isEmpty() || arrived.stream().noneMatch(Change::isObserved)) {
      return arrived;
    }
    Map<Long, List<Change>> byTime = new HashMap<>();
    known.forEach(change -> add(byTime, change));
    arrived.forEach(change -> add(byTime, change));
    List<Change> left = new ArrayList<>(arrived.size());
    for (Change change : arrived) {
      if (!change.isObserved() || !isRepeat(change, known, states(byTime, change))) {
        left.add(change);
      }
    }
    return left;
  }

  private static void add(Map<Long, List<Change>> byTime, Change change) {
    if (!change.isCaptured()) {
      byTime
          .computeIfAbsent(change.getStamp().getModifiedMicros(), t -> new ArrayList<>(1))
          .add(change);
    }
  }

  private static List<Change> states(Map<Long, List<Change>> byTime, Change change) {
    return byTime.getOrDefault(change.getStamp().getModifiedMicros(), List.of());
  }

  private static boolean isRepeat(Change change, Set<Change> known, List<Change> sameTime) {
    Change first = null;
    for (Change other : sameTime) {
      if (known.contains(other)
          && other.isObserved()
          && other.repeats(change)
          && isBefore(other, change)
          && (first == null || isBefore(first, other))) {
        first = other;
      }
    }
    if (first == null) {
      return false;
    }
    for (Change other : sameTime) {
      if (!other.repeats(change)
          && other.isObserved()
          && !isBefore(other, first)
          && isBefore(other, change)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBefore(Change a, Change b) {
    return ChangeStamp.BY_OBSERVED.compare(a.getStamp(), b.getStamp()) < 0;
  }
}
