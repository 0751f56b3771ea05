package vn.phusa.transforms.scd;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.scd.HistoryDiff.StoredVersion;

/**
 * All that is stored of one key: its rows, and the changes that the rows alone cannot give back.
 *
 * <p>A key of which one whole state is known (as after a first load) remembers nothing: its only
 * row is that change. From the second change on, all are remembered.
 *
 * @param rows the dimension's rows of the key, in any order; an inferred member is one of them
 * @param remembered the remembered changes; empty, or all that arrived and may make a difference
 */
public record KeyHistory(List<StoredVersion> rows, Set<Change> remembered) {

  /** What is stored of a key that was never seen. */
  public static final KeyHistory NONE = new KeyHistory(List.of(), Set.of());

  /**
   * What further changes make of it.
   *
   * @param remember changes to be remembered besides those that are
   * @param forget remembered changes that make no difference any more
   * @param diff what has to be done to the rows
   * @param fresh how many of the changes were not known and make a difference
   */
  public record Update(List<Change> remember, List<Change> forget, HistoryDiff diff, int fresh) {

    private static final Update NOTHING =
        new Update(List.of(), List.of(), new HistoryDiff(List.of(), List.of(), List.of(), null), 0);
  }

  /** Takes in changes, of which any may be known, repeated or late. */
  public Update plus(DimensionSpec dimension, Collection<Change> arrived) {
    return plus(dimension, arrived, null);
  }

  /**
   * As {@link #plus(DimensionSpec, Collection)}, and forgets what was known from before a horizon
   * and makes no difference. Which versions there are depends on the order of arrival then: what is
   * from before the horizon, and comes after others were forgotten, is not compared with those.
   *
   * @param horizonMicros microseconds since 1970-01-01 UTC; null: nothing is forgotten
   */
  public Update plus(
      DimensionSpec dimension, Collection<Change> arrived, @Nullable Long horizonMicros) {
    if (rows.isEmpty() && remembered.isEmpty() && arrived.size() == 1) {
      return first(dimension, arrived.iterator().next());
    }
    Set<Change> known = known();
    Set<Change> all = new LinkedHashSet<>(known);
    all.addAll(SeenAgain.removedFrom(arrived, known));
    Superseded.removeFrom(all, dimension);
    int fresh = 0;
    for (Change change : all) {
      fresh += known.contains(change) ? 0 : 1;
    }
    if (fresh == 0) {
      // Other rules may make other versions of what is known.
      return rederived(dimension);
    }
    List<Version> versions = History.of(dimension, all);
    if (horizonMicros != null) {
      Set<Change> base = HistoryBase.folded(dimension, known, horizonMicros);
      all.removeIf(change -> known.contains(change) && !base.contains(change));
    }
    List<Change> remember = new ArrayList<>();
    if (all.size() != 1 || !tellsAll(all.iterator().next(), versions)) {
      for (Change change : all) {
        if (!remembered.contains(change)) {
          remember.add(change);
        }
      }
    }
    List<Change> forget = new ArrayList<>();
    for (Change change : remembered) {
      if (!all.contains(change)) {
        forget.add(change);
      }
    }
    return new Update(remember, forget, HistoryDiff.of(rows, versions), fresh);
  }

  /** What the dimension's rules make of what is known. */
  public Update rederived(DimensionSpec dimension) {
    HistoryDiff diff = HistoryDiff.of(rows, History.of(dimension, known()));
    return diff.isEmpty() ? Update.NOTHING : new Update(List.of(), List.of(), diff, 0);
  }

  /** What a first load is made of, without the sets that it has no need of. */
  private static Update first(DimensionSpec dimension, Change only) {
    List<Version> versions = History.of(dimension, List.of(only));
    return new Update(
        tellsAll(only, versions) ? List.of() : List.of(only),
        List.of(),
        HistoryDiff.of(List.of(), versions),
        1);
  }

  private Set<Change> known() {
    if (!remembered.isEmpty()) {
      return remembered;
    }
    Set<Change> known = new LinkedHashSet<>();
    for (StoredVersion row : rows) {
      if (!row.inferred()) {
        known.add(Change.upsert(row.version().opening(), row.version().said()));
      }
    }
    return known;
  }

  /** Whether the change can be read back from its version's row. */
  private static boolean tellsAll(Change only, List<Version> versions) {
    return versions.size() == 1
        && only.getOperation() == Operation.UPSERT
        && only.getAbsentMask() == 0;
  }
}
