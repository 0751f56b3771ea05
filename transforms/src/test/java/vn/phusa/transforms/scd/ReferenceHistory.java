package vn.phusa.transforms.scd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;

/**
 * The rules of a history written down one after the other, without regard to cost: what {@link
 * History} is compared with.
 */
final class ReferenceHistory {
  private final DimensionSpec dimension;
  private final int size;

  ReferenceHistory(DimensionSpec dimension) {
    this.dimension = dimension;
    this.size = dimension.attributes().size();
  }

  /** One line a version: from, until, deleted, values. */
  List<String> of(List<Change> changes) {
    List<Change> counting = withoutTwins(folded(new ArrayList<>(new LinkedHashSet<>(changes))));
    counting.sort(Change.ORDER);
    String[] newest = new String[size];
    for (Change change : counting) {
      for (int i = 0; i < size; i++) {
        newest[i] = change.carries(i) ? change.value(i) : newest[i];
      }
    }
    return lines(moments(counting), newest);
  }

  private List<Change> folded(List<Change> changes) {
    List<Change> result = new ArrayList<>();
    for (Change change : changes) {
      if (!change.isCaptured() && !change.isObserved()) {
        result.add(change);
        continue;
      }
      List<Change> commit =
          changes.stream()
              .filter(c -> Objects.equals(lsn(c), lsn(change)))
              .filter(c -> ordered(c) == ordered(change))
              .filter(c -> c.isObserved() == change.isObserved())
              .sorted(
                  Comparator.comparingInt((Change c) -> c.getStamp().getCommitIndex())
                      .thenComparingLong(ReferenceHistory::observed)
                      .thenComparing(Change.ORDER))
              .toList();
      if (commit.get(0).equals(change)) {
        result.add(commit.stream().reduce(ReferenceHistory::over).orElseThrow());
      }
    }
    return result;
  }

  /** The later change, with what only the earlier carries. */
  private static Change over(Change earlier, Change later) {
    return filled(later, earlier);
  }

  private static Change filled(Change change, Change from) {
    String[] values = change.getValues().toArray(new String[0]);
    long absent = change.getAbsentMask();
    for (int i = 0; i < values.length; i++) {
      if (!change.carries(i) && from.carries(i)) {
        values[i] = from.value(i);
        absent &= ~(1L << i);
      }
    }
    return Change.create(change.getStamp(), change.getOperation(), Arrays.asList(values), absent);
  }

  private List<Change> withoutTwins(List<Change> changes) {
    changes.sort(Change.ORDER);
    List<Change> original = List.copyOf(changes);
    List<Change> result = new ArrayList<>();
    for (Change change : original) {
      if (partner(change, original) == null) {
        Change completed = change;
        // From the last twin to the first: what a later one gave is carried already.
        for (int i = original.size() - 1; i >= 0; i--) {
          if (change.equals(partner(original.get(i), original))) {
            completed = filled(completed, original.get(i));
          }
        }
        result.add(completed);
      }
    }
    return result;
  }

  private Change partner(Change polled, List<Change> inOrder) {
    if (polled.isCaptured() || polled.getOperation() == Operation.DELETE) {
      return null;
    }
    Change partner = null;
    for (Change captured : inOrder) {
      if (captured.isCaptured()
          && captured.getOperation() == Operation.UPSERT
          && captured.getStamp().getModifiedMicros() == polled.getStamp().getModifiedMicros()
          && sameWhereBothCarry(polled, captured)) {
        partner = captured;
      }
    }
    return partner;
  }

  private boolean sameWhereBothCarry(Change a, Change b) {
    boolean shared = false;
    for (int i = 0; i < size; i++) {
      if (dimension.isType2(i) && a.carries(i) && b.carries(i)) {
        shared = true;
        if (!Objects.equals(a.value(i), b.value(i))) {
          return false;
        }
      }
    }
    return shared;
  }

  /** What holds from when on; no values after a delete. */
  private record Moment(long from, List<String> values) {}

  private List<Moment> moments(List<Change> inOrder) {
    List<Moment> moments = new ArrayList<>();
    String[] values = new String[size];
    for (Change change : inOrder) {
      boolean carriesType2 = false;
      for (int i = 0; i < size; i++) {
        if (dimension.isType2(i) && change.carries(i)) {
          values[i] = change.value(i);
          carriesType2 = true;
        }
      }
      boolean delete = change.getOperation() == Operation.DELETE;
      if (carriesType2 || delete) {
        ChangeStamp stamp = change.getStamp();
        long from = stamp.getModifiedMicros();
        if (!moments.isEmpty() && from <= moments.get(moments.size() - 1).from()) {
          from = Math.max(stamp.getOrderedMicros(), moments.get(moments.size() - 1).from());
        }
        moments.add(new Moment(from, delete ? null : List.of(text(values))));
      }
    }
    return moments;
  }

  private String text(String[] values) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size; i++) {
      text.append(dimension.isType2(i) ? values[i] : "*").append(' ');
    }
    return text.toString();
  }

  private List<String> lines(List<Moment> moments, String[] newest) {
    List<String> lines = new ArrayList<>();
    int i = 0;
    while (i < moments.size()) {
      int last = lastAt(moments, i);
      Moment start = moments.get(last);
      int next = last + 1;
      // An equal neighbour continues the version.
      while (start.values() != null
          && next < moments.size()
          && start.values().equals(moments.get(lastAt(moments, next)).values())) {
        next = lastAt(moments, next) + 1;
      }
      if (start.values() != null) {
        boolean current = next >= moments.size();
        boolean deleted = !current && moments.get(lastAt(moments, next)).values() == null;
        lines.add(
            "%d %s %s %s %s"
                .formatted(
                    start.from(),
                    current ? "open" : Long.toString(moments.get(next).from()),
                    deleted,
                    start.values(),
                    typeOne(newest)));
      }
      i = next;
    }
    return lines;
  }

  private static int lastAt(List<Moment> moments, int index) {
    int last = index;
    while (last + 1 < moments.size() && moments.get(last + 1).from() == moments.get(index).from()) {
      last++;
    }
    return last;
  }

  private List<String> typeOne(String[] newest) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (!dimension.isType2(i)) {
        values.add(newest[i]);
      }
    }
    return values;
  }

  /** The versions in the same form. */
  List<String> lines(List<Version> versions) {
    return versions.stream()
        .map(
            v ->
                "%d %s %s %s %s"
                    .formatted(
                        v.effectiveMicros(),
                        v.current() ? "open" : v.expiryMicros().toString(),
                        v.deleted(),
                        List.of(text(v.values().toArray(new String[0]))),
                        typeOne(v.values().toArray(new String[0]))))
        .toList();
  }

  private static Long lsn(Change change) {
    return change.getStamp().getCommitLsn();
  }

  private static long observed(Change change) {
    Long observed = change.getStamp().getObservedMicros();
    return observed == null ? 0 : observed;
  }

  private static long ordered(Change change) {
    return change.getStamp().getOrderedMicros();
  }
}
