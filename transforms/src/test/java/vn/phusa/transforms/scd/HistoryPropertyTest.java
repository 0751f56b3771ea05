package vn.phusa.transforms.scd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.scd.HistoryDiff.StoredVersion;

/** The convergence property and the rules that every history keeps, over arbitrary changes. */
class HistoryPropertyTest {
  private static final DimensionSpec DIMENSION = ChangeArbitraries.DIMENSION;

  @Property(tries = 10_000)
  void anyOrderBatchingAndRepetitionGiveTheSameRows(
      @ForAll("changes") List<Change> changes, @ForAll Random random) {
    StoredKey inOrder = new StoredKey(DIMENSION);
    inOrder.apply(changes);

    List<Change> shuffled = new ArrayList<>(changes);
    for (int i = 0; i < changes.size() / 2; i++) {
      shuffled.add(changes.get(random.nextInt(changes.size())));
    }
    Collections.shuffle(shuffled, random);
    StoredKey piecemeal = new StoredKey(DIMENSION);
    for (int from = 0; from < shuffled.size(); ) {
      int to = Math.min(shuffled.size(), from + 1 + random.nextInt(4));
      if (random.nextInt(5) == 0) {
        piecemeal.infer();
      }
      piecemeal.apply(shuffled.subList(from, to));
      from = to;
    }

    assertThat(piecemeal.versions()).isEqualTo(inOrder.versions());
    assertThat(inOrder.versions()).isEqualTo(History.of(DIMENSION, changes));
  }

  @Property(tries = 20_000)
  void theRulesWrittenDownOneByOneGiveTheSame(@ForAll("changes") List<Change> changes) {
    ReferenceHistory reference = new ReferenceHistory(DIMENSION);
    assertThat(reference.lines(History.of(DIMENSION, changes))).isEqualTo(reference.of(changes));
  }

  @Property(tries = 10_000)
  void whatOneLoaderReadsAgainNeedNotBeRemembered(
      @ForAll("readInOrder") List<Change> read, @ForAll Random random) {
    StoredKey key = new StoredKey(DIMENSION);
    for (int from = 0; from < read.size(); ) {
      int to = Math.min(read.size(), from + 1 + random.nextInt(2));
      key.apply(read.subList(from, to));
      from = to;
    }
    ReferenceHistory reference = new ReferenceHistory(DIMENSION);
    assertThat(reference.lines(key.versions())).isEqualTo(reference.of(read));
  }

  @Provide
  Arbitrary<List<Change>> readInOrder() {
    return ChangeArbitraries.readInOrder();
  }

  @Property(tries = 2_000)
  void whatIsKnownChangesNothing(@ForAll("changes") List<Change> changes) {
    StoredKey key = new StoredKey(DIMENSION);
    key.apply(changes);
    List<StoredVersion> before = List.copyOf(key.rows());
    KeyHistory.Update again = key.apply(changes);
    assertThat(again.fresh()).isZero();
    assertThat(again.diff().isEmpty()).isTrue();
    assertThat(again.remember()).isEmpty();
    assertThat(key.rows()).isEqualTo(before);
  }

  @Property(tries = 2_000)
  void versionsNeverOverlapAndOneIsCurrentOrDeleted(@ForAll("changes") List<Change> changes) {
    List<Version> versions = History.of(DIMENSION, changes);
    for (int i = 0; i < versions.size(); i++) {
      Version version = versions.get(i);
      boolean last = i == versions.size() - 1;
      if (version.current()) {
        assertThat(last).isTrue();
        assertThat(version.deleted()).isFalse();
        continue;
      }
      assertThat(version.expiryMicros()).isGreaterThan(version.effectiveMicros());
      if (last) {
        assertThat(version.deleted()).isTrue();
      } else {
        Version next = versions.get(i + 1);
        assertThat(version.expiryMicros()).isLessThanOrEqualTo(next.effectiveMicros());
        if (version.expiryMicros() < next.effectiveMicros()) {
          assertThat(version.deleted()).as("a gap only after a delete").isTrue();
        } else if (!version.deleted()) {
          assertThat(type2(version)).isNotEqualTo(type2(next));
        }
      }
    }
  }

  @Property(tries = 2_000)
  void theNewestTypeOneValueStandsInEveryVersion(@ForAll("changes") List<Change> changes) {
    List<Version> versions = History.of(DIMENSION, changes);
    assertThat(
            versions.stream()
                .map(v -> Objects.requireNonNullElse(v.values().get(2), "null"))
                .distinct())
        .hasSizeLessThanOrEqualTo(1);
  }

  @Property(tries = 2_000)
  void polledStatesAloneGiveOneVersionPerRunOfEqualStates(@ForAll("changes") List<Change> any) {
    List<Change> polled =
        any.stream()
            .filter(c -> !c.isCaptured() && c.getOperation() == Operation.UPSERT)
            .filter(c -> c.getAbsentMask() == 0)
            .toList();
    // An independent reference: the state at each moment is the greatest change of that moment.
    List<List<String>> expected = new ArrayList<>();
    List<String> state = null;
    for (long t = 1; t <= 6; t++) {
      long now = t;
      Change winner =
          polled.stream()
              .filter(c -> c.getStamp().getModifiedMicros() == now)
              .max(Change.ORDER)
              .orElse(null);
      if (winner != null && !winner.getValues().subList(0, 2).equals(state)) {
        state = winner.getValues().subList(0, 2);
        List<String> version = new ArrayList<>(state);
        version.add(Long.toString(t));
        expected.add(version);
      }
    }
    List<List<String>> actual = new ArrayList<>();
    for (Version version : History.of(DIMENSION, polled)) {
      List<String> row = new ArrayList<>(type2(version));
      row.add(Long.toString(version.effectiveMicros()));
      actual.add(row);
    }
    assertThat(actual).isEqualTo(expected);
  }

  @Property(tries = 2_000)
  void aKeySplitKeepsTheKeyOfTheOldStart(
      @ForAll("changes") List<Change> changes, @ForAll Random random) {
    StoredKey key = new StoredKey(DIMENSION);
    for (Change change : changes) {
      List<StoredVersion> before = List.copyOf(key.rows());
      key.apply(List.of(change));
      for (StoredVersion old : before) {
        key.rows().stream()
            .filter(r -> r.version().effectiveMicros() == old.version().effectiveMicros())
            .forEach(r -> assertThat(r.surrogateKey()).isEqualTo(old.surrogateKey()));
      }
    }
  }

  private static List<String> type2(Version version) {
    return version.values().subList(0, 2);
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    return ChangeArbitraries.changes();
  }
}
