package vn.phusa.transforms.scd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;

/**
 * The versions of one key as a function of the <em>set</em> of its changes: any order, grouping and
 * repetition of the same changes gives the same versions.
 *
 * <p>The rules: (1) of several changes of one commit only the last counts; (2) a change without a
 * commit position is the same as a captured one with equal time and equal type-2 attributes, and
 * gives it only what that one did not carry; (3) changes are sorted by {@link Change#ORDER}; (4) a
 * change holds from its own time if that is later than the change's before it, else from the later
 * of its ordering time and that one's, and of changes that hold from the same time the later wins;
 * (5) an absent attribute keeps its value, a delete ends the version, neighbours with equal type-2
 * attributes are one version; (6) a type-1 attribute comes from the last change that carries it.
 *
 * <p>A change that carries no type-2 attribute (a stock movement) opens no version by itself.
 */
public final class History {
  private final DimensionSpec dimension;
  private final List<Change> changes;

  private History(DimensionSpec dimension, List<Change> changes) {
    this.dimension = dimension;
    this.changes = changes;
  }

  /** The versions, by the time they hold from; none when nothing ever held for longer than zero. */
  public static List<Version> of(DimensionSpec dimension, Collection<Change> changes) {
    if (changes.size() == 1) {
      return new History(dimension, List.copyOf(changes)).versions();
    }
    List<Change> effective =
        withoutPolledTwins(dimension, lastOfEachCommit(new LinkedHashSet<>(changes)), changes);
    effective.sort(Change.ORDER);
    return new History(dimension, effective).versions();
  }

  private static List<Change> lastOfEachCommit(Set<Change> changes) {
    List<Change> kept = new ArrayList<>(changes.size());
    Map<Long, Change> last = new HashMap<>();
    for (Change change : changes) {
      Long lsn = change.getStamp().getCommitLsn();
      if (lsn == null) {
        kept.add(change);
      } else {
        last.merge(lsn, change, (a, b) -> laterInCommit(a, b));
      }
    }
    kept.addAll(last.values());
    return kept;
  }

  private static Change laterInCommit(Change a, Change b) {
    int byIndex = Integer.compare(a.getStamp().getCommitIndex(), b.getStamp().getCommitIndex());
    return (byIndex != 0 ? byIndex : Change.ORDER.compare(a, b)) < 0 ? b : a;
  }

  /** Rule 2: drops polled changes that were captured too, and lets them complete the captured. */
  private static List<Change> withoutPolledTwins(
      DimensionSpec dimension, List<Change> counting, Collection<Change> all) {
    List<Change> captured = new ArrayList<>();
    for (Change change : all) {
      if (change.isCaptured() && change.getOperation() == Operation.UPSERT) {
        captured.add(change);
      }
    }
    if (captured.isEmpty()) {
      return counting;
    }
    List<Change> polled = new ArrayList<>();
    List<Change> twins = new ArrayList<>();
    List<Change> rest = new ArrayList<>();
    for (Change change : counting) {
      if (change.isCaptured() || change.getOperation() == Operation.DELETE) {
        rest.add(change);
      } else if (captured.stream().anyMatch(c -> sameChange(dimension, change, c))) {
        twins.add(change);
      } else {
        polled.add(change);
      }
    }
    twins.sort(Change.ORDER);
    List<Change> result = polled;
    for (Change change : rest) {
      result.add(completed(dimension, change, twins));
    }
    return result;
  }

  private static boolean sameChange(DimensionSpec dimension, Change polled, Change captured) {
    if (polled.getStamp().getModifiedMicros() != captured.getStamp().getModifiedMicros()) {
      return false;
    }
    boolean compared = false;
    for (int i = 0; i < dimension.attributes().size(); i++) {
      if (dimension.isType2(i) && polled.carries(i) && captured.carries(i)) {
        if (!Objects.equals(polled.value(i), captured.value(i))) {
          return false;
        }
        compared = true;
      }
    }
    return compared;
  }

  /** The captured change, with the attributes that it did not carry taken from its twins. */
  private static Change completed(DimensionSpec dimension, Change change, List<Change> twins) {
    if (change.getAbsentMask() == 0 || change.getOperation() == Operation.DELETE) {
      return change;
    }
    List<@Nullable String> values = new ArrayList<>(change.getValues());
    long absent = change.getAbsentMask();
    for (Change twin : twins) {
      if (sameChange(dimension, twin, change)) {
        for (int i = 0; i < values.size(); i++) {
          if (!change.carries(i) && twin.carries(i)) {
            values.set(i, twin.value(i));
            absent &= ~(1L << i);
          }
        }
      }
    }
    return Change.create(change.getStamp(), change.getOperation(), values, absent);
  }

  /** What holds from a moment on: no values when the row is gone. */
  private record State(long fromMicros, String @Nullable [] type2, ChangeStamp stamp) {}

  private List<Version> versions() {
    String[] newest = new String[dimension.attributes().size()];
    List<Version> versions = new ArrayList<>();
    State open = null;
    for (State state : states(newest)) {
      if (open != null && (state.type2 == null || !Arrays.equals(open.type2, state.type2))) {
        versions.add(version(open, state.fromMicros, state.type2 == null, newest));
        open = null;
      }
      if (open == null && state.type2 != null) {
        open = state;
      }
    }
    if (open != null) {
      versions.add(version(open, null, false, newest));
    }
    return versions;
  }

  /** Rules 4 to 6: the states in the order of their times, no two with the same time. */
  private List<State> states(String[] newest) {
    List<State> states = new ArrayList<>();
    String[] type2 = new String[dimension.attributes().size()];
    boolean alive = false;
    long valid = Long.MIN_VALUE;
    boolean first = true;
    for (Change change : changes) {
      valid = first ? change.getStamp().getModifiedMicros() : validFrom(change.getStamp(), valid);
      first = false;
      if (change.getOperation() == Operation.DELETE) {
        alive = false;
      } else {
        alive |= apply(change, type2, newest);
      }
      if (!states.isEmpty() && states.get(states.size() - 1).fromMicros == valid) {
        states.remove(states.size() - 1);
      }
      states.add(new State(valid, alive ? type2.clone() : null, change.getStamp()));
    }
    return states;
  }

  private static long validFrom(ChangeStamp stamp, long previous) {
    return stamp.getModifiedMicros() > previous
        ? stamp.getModifiedMicros()
        : Math.max(stamp.getOrderedMicros(), previous);
  }

  /** Whether the change carried an attribute that makes a version. */
  private boolean apply(Change change, String[] type2, String[] newest) {
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

  private Version version(
      State state, @Nullable Long expiryMicros, boolean deleted, String[] newest) {
    String[] values = newest.clone();
    for (int i = 0; i < values.length; i++) {
      if (dimension.isType2(i)) {
        values[i] = Objects.requireNonNull(state.type2)[i];
      }
    }
    return new Version(
        state.fromMicros,
        expiryMicros,
        deleted,
        Collections.unmodifiableList(Arrays.asList(values)),
        state.stamp);
  }
}
