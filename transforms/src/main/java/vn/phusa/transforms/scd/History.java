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
 * <p>Changes are what was said; rules cleanse it, and derive attributes of it, in rules 5 and 6
 * alone ({@link Derivation}), so that no rule decides which of two changes is the newer one.
 *
 * <p>An upsert that carries no type-2 attribute (a stock movement) opens no version and moves no
 * date.
 */
public final class History {
  private final DimensionSpec dimension;
  private final List<Change> changes;

  /** What holds after the changes so far: what was said of each attribute, and of what time. */
  private final @Nullable String[] said;

  private final long[] saidAt;

  /** What rules make of it; null where it is not known yet. */
  private @Nullable String @Nullable [] shown;

  private @Nullable Long valid;

  private History(DimensionSpec dimension, List<Change> changes) {
    this.dimension = dimension;
    this.changes = changes;
    this.said = new String[dimension.attributes().size()];
    this.saidAt = new long[said.length];
    Arrays.fill(saidAt, Derivation.NEVER);
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
    return new Outcome(versions, list(history.said), history.valid);
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

  /** What holds from a moment on: nothing when the row is gone. */
  private record State(
      long fromMicros,
      @Nullable String @Nullable [] said,
      @Nullable String @Nullable [] shown,
      ChangeStamp stamp) {}

  private List<Version> versions() {
    List<Version> versions = new ArrayList<>();
    State open = null;
    for (State state : states()) {
      if (open != null && (state.shown == null || !isSameVersion(open, state))) {
        versions.add(version(open, state.fromMicros, state.shown == null));
        open = null;
      }
      if (open == null && state.shown != null) {
        open = state;
      }
    }
    if (open != null) {
      versions.add(version(open, null, false));
    }
    return versions;
  }

  private boolean isSameVersion(State one, State next) {
    for (int i = 0; i < said.length; i++) {
      if (dimension.isType2(i)
          && !Objects.equals(
              Objects.requireNonNull(one.shown)[i], Objects.requireNonNull(next.shown)[i])) {
        return false;
      }
    }
    return true;
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
      states.add(
          deletes
              ? new State(valid, null, null, change.getStamp())
              : new State(valid, said.clone(), shown(), change.getStamp()));
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
    for (int i = 0; i < said.length; i++) {
      if (change.carries(i)) {
        // One that was remembered before there were derivations has values that nobody said.
        said[i] = dimension.isDerived(i) ? null : change.value(i);
        saidAt[i] = change.getStamp().getModifiedMicros();
        carriesType2 |= dimension.isType2(i);
        shown = null;
      }
    }
    return carriesType2;
  }

  private @Nullable String[] shown() {
    if (shown == null) {
      shown = dimension.shown(said, saidAt);
    }
    return shown;
  }

  private Version version(State state, @Nullable Long expiryMicros, boolean deleted) {
    return new Version(
        state.fromMicros,
        expiryMicros,
        deleted,
        withNewest(Objects.requireNonNull(state.shown), shown()),
        withNewest(Objects.requireNonNull(state.said), said),
        state.stamp);
  }

  /** The type-2 attributes of a state, and of the others the newest. */
  private List<@Nullable String> withNewest(@Nullable String[] state, @Nullable String[] newest) {
    @Nullable String[] values = newest.clone();
    for (int i = 0; i < values.length; i++) {
      if (dimension.isType2(i)) {
        values[i] = state[i];
      }
    }
    return list(values);
  }

  private static List<@Nullable String> list(@Nullable String[] values) {
    return Collections.unmodifiableList(Arrays.asList(values));
  }
}
