package vn.phusa.transforms.scd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import vn.phusa.transforms.model.ChangeStamp;

/** What is folded to a base makes no difference to what comes after it. */
class HistoryBasePropertyTest {
  private static final DimensionSpec DIMENSION = ChangeArbitraries.DIMENSION;

  /** A transaction of more than a week, or a clock that is wrong by one: a twin is not found. */
  private static boolean crosses(Change change, long horizon) {
    ChangeStamp stamp = change.getStamp();
    return stamp.getModifiedMicros() < horizon != stamp.getOrderedMicros() < horizon;
  }

  @Property(tries = 20_000)
  void whatComesAfterTheHorizonFindsTheSame(
      @ForAll("changes") List<Change> changes, @ForAll @LongRange(min = 2, max = 7) long horizon) {
    Set<Change> all = new LinkedHashSet<>(changes);
    all.removeIf(change -> crosses(change, horizon));
    Set<Change> old = new LinkedHashSet<>(all);
    old.removeIf(change -> change.getStamp().getOrderedMicros() >= horizon);

    Set<Change> folded = HistoryBase.folded(DIMENSION, old, horizon);
    assertThat(old).containsAll(folded);
    assertThat(History.of(DIMENSION, folded)).isEqualTo(History.of(DIMENSION, old));

    Set<Change> after = new LinkedHashSet<>(all);
    after.removeAll(old);
    after.addAll(folded);
    assertThat(History.of(DIMENSION, after)).isEqualTo(History.of(DIMENSION, all));
  }

  @Property(tries = 10_000)
  void aKeyThatForgetsHasTheVersionsOfOneThatDoesNot(
      @ForAll("changes") List<Change> changes, @ForAll @LongRange(min = 2, max = 7) long horizon) {
    List<Change> inOrder = new ArrayList<>(changes);
    inOrder.removeIf(change -> crosses(change, horizon));
    inOrder.sort(Change.ORDER);
    StoredKey whole = new StoredKey(DIMENSION);
    StoredKey forgetful = new StoredKey(DIMENSION).forgettingBefore(horizon);
    List<Change> old =
        inOrder.stream().filter(c -> c.getStamp().getOrderedMicros() < horizon).toList();
    for (StoredKey key : List.of(whole, forgetful)) {
      key.apply(old);
      for (Change change : inOrder.subList(old.size(), inOrder.size())) {
        key.apply(List.of(change));
      }
    }

    assertThat(forgetful.versions()).isEqualTo(whole.versions());
    assertThat(forgetful.rememberedChanges()).isLessThanOrEqualTo(whole.rememberedChanges());
  }

  @Test
  void aThousandRepeatsAreForgotten() {
    Set<Change> changes = new LinkedHashSet<>();
    for (long t = 1; t <= 1_000; t++) {
      changes.add(state(t, t < 500 ? "x" : "y"));
    }

    assertThat(HistoryBase.folded(DIMENSION, changes, 900))
        .hasSize(3 + 101)
        .contains(state(1, "x"), state(500, "y"), state(899, "y"), state(900, "y"));
    assertThat(HistoryBase.folded(DIMENSION, changes, 1)).isEqualTo(changes);
  }

  private static Change state(long time, String value) {
    return Change.upsert(ChangeStamp.polled(time), List.of(value, value, "n"));
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    return ChangeArbitraries.changes(14);
  }
}
