package vn.phusa.transforms.scd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;

/**
 * The versions of one key as a function of the <em>set</em> of its changes: any order, grouping and
 * repetition of the same changes gives the same versions.
 *
 * <p>The rules: (1) the changes of one commit fold into one, and so do the states that were read of
 * one moment ({@link ChangeFold}); (2) a change without a commit position that was captured too
 * only completes the captured one ({@link PolledTwins}); (3) changes are sorted by {@link
 * Change#ORDER}; (4) a change holds from its own time if that is later than the change's before it,
 * else from the later of its ordering time and that one's, and of changes that hold from the same
 * time the later wins; (5) an absent attribute keeps its value, a delete ends the version,
 * neighbours with equal type-2 attributes are one version; (6) a type-1 attribute comes from the
 * last change that carries it.
 *
 * <p>An upsert that carries no type-2 attribute (a stock movement) opens no version and moves no
 * date.
 */
public final class History {
  private final DimensionSpec dimension;
  private final List<Change> changes;

  /** What holds after the changes so far: of each attribute, and from when. */
  private final String[] type2;

  private final String[] newest;
  private @Nullable Long valid;

  private History(DimensionSpec dimension, List<Change> changes) {
    this.dimension = dimension;
    this.changes = changes;
    this.type2 = new String[dimension.attributes().size()];
    this.newest = new String[dimension.attributes().size()];
  }

  /**
   * All that later changes build upon: where two sets of changes give the same, whatever comes
   * after them does too.
   *
   * @param values of each attribute, what the last change says that carries it
   * @param validMicros from when the last change of a state holds; null when there was none
   */
  record Outcome(
      List<Version> versions, List<@Nullable String> values, @Nullable Long validMicros) {}

  /** What the changes give. */
  static Outcome outcome(DimensionSpec dimension, Collection<Change> changes) {
    History history = new History(dimension, merged(dimension, changes));
    List<Version> versions = history.versions();
    List<@Nullable String> values = new ArrayList<>(history.newest.length);
    for (int i = 0; i < history.newest.length; i++) {
      values.add(dimension.isType2(i) ? history.type2[i] : history.newest[i]);
    }
    return new Outcome(versions, values, history.valid);
  }

  /** The versions, by the time they hold from; none when nothing ever held for longer than zero. */
  public static List<Version> of(DimensionSpec dimension, Collection<Change> changes) {
    if (changes.size() == 1) {
      return new History(dimension, List.copyOf(changes)).versions();
    }
    return new History(dimension, merged(dimension, changes)).versions();
  }

  /** Rules 1 to 3: what is left of the changes, in their order. */
  static List<Change> merged(DimensionSpec dimension, Collection<Change> changes) {
    List<Change> inOrder = ChangeFold.fold(new LinkedHashSet<>(changes));
    inOrder.sort(Change.ORDER);
    return PolledTwins.merge(dimension, inOrder);
  }

  /** What holds from a moment on: no values when the row is gone. */
  private record State(long fromMicros, String @Nullable [] type2, ChangeStamp stamp) {}

  private List<Version> versions() {
    List<Version> versions = new ArrayList<>();
    State open = null;
    for (State state : states()) {
      if (open != null && (state.type2 == null || !Arrays.equals(open.type2, state.type2))) {
        versions.add(version(open, state.fromMicros, state.type2 == null));
        open = null;
      }
      if (open == null && state.type2 != null) {
        open = state;
      }
    }
    if (open != null) {
      versions.add(version(open, null, false));
    }
    return versions;
  }

  /** Rules 4 to 6: the states in the order of their times, no two with the same time. */
  private List<State> states() {
    List<State> states = new ArrayList<>();
    for (Change change : changes) {
      boolean carriesType2 = apply(change);
      boolean deletes = change.getOperation() == Operation.DELETE;
      if (!deletes && !carriesType2) {
        continue;
      }
      valid = validFrom(change.getStamp(), valid);
      if (!states.isEmpty() && states.get(states.size() - 1).fromMicros == valid) {
        states.remove(states.size() - 1);
      }
      states.add(new State(valid, deletes ? null : type2.clone(), change.getStamp()));
    }
    return states;
  }

  private static long validFrom(ChangeStamp stamp, @Nullable Long previous) {
    return previous == null || stamp.getModifiedMicros() > previous
        ? stamp.getModifiedMicros()
        : Math.max(stamp.getOrderedMicros(), previous);
  }

  /** Whether the change carried an attribute that makes a version. */
  private boolean apply(Change change) {
    boolean carriesType2 = false;
    for (int i = 0; i < newest.length; i++) {
      if (!change.carries(i)) {
        continue;
      }
      if (dimension.isType2(i)) {
        type2[i] = change.value(i);
        carriesType2 = true;
      } else {
        newest[i] = change.value(i);
      }
    }
    return carriesType2;
  }

  private Version version(State state, @Nullable Long expiryMicros, boolean deleted) {
    String[] values = newest.clone();
    for (int i = 0; i < values.length; i++) {
      if (dimension.isType2(i)) {
        values[i] = Objects.requireNonNull(state.type2)[i];
      }
    }
    List<String> said = Collections.unmodifiableList(Arrays.asList(values));
    return new Version(
        state.fromMicros, expiryMicros, deleted, dimension.shown(said), said, state.stamp);
  }
}
