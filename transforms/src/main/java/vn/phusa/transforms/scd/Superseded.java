package vn.phusa.transforms.scd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;

/**
 * Changes that make no difference to a history because later ones of the same kind exist, so that
 * they need not be kept:
 *
 * <ul>
 *   <li>of events that carry type-1 attributes only (stock movements), the newest of each attribute
 *       is enough: a product with a thousand movements a day costs no more than one without;
 *   <li>of states that were read of one moment, the one that was observed last of each attribute.
 * </ul>
 *
 * <p>Captured changes stay: the fold of their commit needs them.
 */
final class Superseded {
  private static final Comparator<Change> LAST_OBSERVED_FIRST =
      Comparator.comparing(Change::getStamp, ChangeStamp.BY_OBSERVED)
          .thenComparing(Change.ORDER)
          .reversed();

  private Superseded() {}

  /** Removes the changes that make no difference. */
  static void removeFrom(Set<Change> changes, DimensionSpec dimension) {
    List<Change> events = new ArrayList<>();
    Map<Long, List<Change>> statesByTime = new HashMap<>();
    for (Change change : changes) {
      if (change.isCaptured()) {
        continue;
      }
      if (change.isObserved()) {
        statesByTime
            .computeIfAbsent(change.getStamp().getModifiedMicros(), t -> new ArrayList<>(1))
            .add(change);
      } else if (change.getOperation() == Operation.UPSERT
          && (dimension.type2Mask() & ~change.getAbsentMask()) == 0) {
        events.add(change);
      }
    }
    events.sort(Change.ORDER.reversed());
    removeOvertaken(changes, events, dimension);
    for (List<Change> states : statesByTime.values()) {
      states.sort(LAST_OBSERVED_FIRST);
      // The last says what the row is, also where it carries nothing: a delete.
      Change last = states.remove(0);
      removeOvertaken(changes, states, dimension.allMask() & ~last.getAbsentMask(), dimension);
    }
  }

  private static void removeOvertaken(
      Set<Change> changes, List<Change> newestFirst, DimensionSpec dimension) {
    removeOvertaken(changes, newestFirst, 0, dimension);
  }

  /**
   * @param carriedBefore the attributes that newer changes carry
   */
  private static void removeOvertaken(
      Set<Change> changes, List<Change> newestFirst, long carriedBefore, DimensionSpec dimension) {
    long seen = carriedBefore;
    for (Change change : newestFirst) {
      long carried = dimension.allMask() & ~change.getAbsentMask();
      if ((carried & ~seen) == 0) {
        changes.remove(change);
      }
      seen |= carried;
    }
  }
}
