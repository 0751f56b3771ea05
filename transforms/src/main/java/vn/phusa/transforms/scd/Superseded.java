package vn.phusa.transforms.scd;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import vn.phusa.transforms.model.Operation;

/**
 * Changes that make no difference to a history because later ones of the same kind exist: of
 * upserts that were not captured and carry type-1 attributes only (stock movements), the newest of
 * each attribute is enough. A product with a thousand movements a day so costs no more than one
 * without.
 *
 * <p>Captured changes stay: the fold of their commit needs them.
 */
final class Superseded {
  private Superseded() {}

  /** Removes the changes that make no difference. */
  static void removeFrom(Set<Change> changes, DimensionSpec dimension) {
    List<Change> candidates = new ArrayList<>();
    for (Change change : changes) {
      if (change.getOperation() == Operation.UPSERT
          && !change.isCaptured()
          && (dimension.type2Mask() & ~change.getAbsentMask()) == 0) {
        candidates.add(change);
      }
    }
    candidates.sort(Change.ORDER.reversed());
    long seen = 0;
    for (Change change : candidates) {
      long carried = dimension.allMask() & ~change.getAbsentMask();
      if ((carried & ~seen) == 0) {
        changes.remove(change);
      }
      seen |= carried;
    }
  }
}
