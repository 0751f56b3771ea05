package vn.phusa.transforms.scd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.Operation;

/**
 * Rule 2 of {@link History}: a change that was polled and captured is one change.
 *
 * <p>The polled one is the captured one's twin when both have the same time, share a type-2
 * attribute, and differ in none that they share; of several captured ones, of the last. It gives
 * the captured change what that lacks, and counts no further.
 *
 * <p>Captured changes are looked up by time, the set of compared attributes, and their values, so
 * that the cost grows with the number of changes and not with its square.
 */
final class PolledTwins {
  /** What is compared: the type-2 attributes that both sides carry, and their values. */
  private record Shared(long mask, List<@Nullable String> values) {}

  /** Polled changes of this time that carry these type-2 attributes. */
  private record Kind(long modifiedMicros, long polledMask) {}

  /**
   * The captured changes as one kind of polled changes sees them.
   *
   * @param masks the sets of attributes that are compared
   * @param last the last captured change with the values
   */
  private record View(Set<Long> masks, Map<Shared, Change> last) {}

  private final DimensionSpec dimension;
  private final Map<Long, List<Change>> capturedByTime = new HashMap<>();
  private final Map<Kind, View> views = new HashMap<>();

  private PolledTwins(DimensionSpec dimension, List<Change> inOrder) {
    this.dimension = dimension;
    for (Change change : inOrder) {
      if (change.isCaptured() && change.getOperation() == Operation.UPSERT) {
        capturedByTime
            .computeIfAbsent(change.getStamp().getModifiedMicros(), t -> new ArrayList<>(1))
            .add(change);
      }
    }
  }

  /**
   * The changes without twins, and with what their twins gave.
   *
   * @param inOrder changes in {@link Change#ORDER}, one a commit
   */
  static List<Change> merge(DimensionSpec dimension, List<Change> inOrder) {
    PolledTwins twins = new PolledTwins(dimension, inOrder);
    return twins.capturedByTime.isEmpty() ? inOrder : twins.merged(inOrder);
  }

  private List<Change> merged(List<Change> inOrder) {
    Map<Change, List<Change>> twinsOf = new HashMap<>();
    Set<Change> ignored = new LinkedHashSet<>();
    for (Change change : inOrder) {
      if (change.isCaptured() || change.getOperation() != Operation.UPSERT) {
        continue;
      }
      Change captured = captured(change);
      if (captured != null) {
        ignored.add(change);
        twinsOf.computeIfAbsent(captured, c -> new ArrayList<>(1)).add(change);
      }
    }
    if (ignored.isEmpty()) {
      return inOrder;
    }
    List<Change> merged = new ArrayList<>(inOrder.size() - ignored.size());
    for (Change change : inOrder) {
      if (!ignored.contains(change)) {
        merged.add(completed(change, twinsOf.getOrDefault(change, List.of())));
      }
    }
    return merged;
  }

  /** The last captured change whose twin the polled one is; null when it is nobody's. */
  private @Nullable Change captured(Change polled) {
    long modified = polled.getStamp().getModifiedMicros();
    long mask = carriedType2(polled);
    List<Change> candidates = capturedByTime.get(modified);
    if (candidates == null || mask == 0) {
      return null;
    }
    View view = views.computeIfAbsent(new Kind(modified, mask), k -> view(candidates, mask));
    Change last = null;
    for (long shared : view.masks) {
      Change change = view.last.get(new Shared(shared, values(polled, shared)));
      if (change != null && (last == null || Change.ORDER.compare(last, change) < 0)) {
        last = change;
      }
    }
    return last;
  }

  private View view(List<Change> candidates, long polledMask) {
    View view = new View(new LinkedHashSet<>(), new HashMap<>());
    for (Change change : candidates) {
      long shared = carriedType2(change) & polledMask;
      if (shared != 0) {
        view.masks.add(shared);
        view.last.put(new Shared(shared, values(change, shared)), change);
      }
    }
    return view;
  }

  private long carriedType2(Change change) {
    return dimension.type2Mask() & ~change.getAbsentMask();
  }

  private static List<@Nullable String> values(Change change, long mask) {
    List<@Nullable String> values = new ArrayList<>(Long.bitCount(mask));
    for (int i = 0; i < change.getValues().size(); i++) {
      if ((mask >>> i & 1) == 1) {
        values.add(change.value(i));
      }
    }
    return values;
  }

  /** The change, with each attribute that it lacks from the last of its twins that carries it. */
  private static Change completed(Change change, List<Change> twins) {
    if (twins.isEmpty() || change.getAbsentMask() == 0) {
      return change;
    }
    @Nullable String[] values = change.getValues().toArray(new String[0]);
    long absent = change.getAbsentMask();
    for (Change twin : twins) {
      for (int i = 0; i < values.length; i++) {
        if (!change.carries(i) && twin.carries(i)) {
          values[i] = twin.value(i);
          absent &= ~(1L << i);
        }
      }
    }
    return Change.create(
        change.getStamp(),
        change.getOperation(),
        Collections.unmodifiableList(Arrays.asList(values)),
        absent);
  }
}
