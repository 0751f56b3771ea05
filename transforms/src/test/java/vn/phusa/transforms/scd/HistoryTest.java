package vn.phusa.transforms.scd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;

/** Each rule of the history by an example. */
class HistoryTest {
  private static final DimensionSpec DIMENSION = ChangeArbitraries.DIMENSION;

  @Test
  void aLateStateBetweenTwoEqualOnesEndsAtTheSecond() {
    assertThat(intervals(polled(1, "A"), polled(2, "A"), polledAt(1_500, "B", 0)))
        .isEqualTo("A[1000,1500) B[1500,2000) A[2000,)");
  }

  @Test
  void ofSeveralChangesOfOneCommitOnlyTheLastCounts() {
    assertThat(intervals(captured(1, 1, 7, 0, "A"), captured(1, 1, 7, 1, "B")))
        .isEqualTo("B[1000,)");
  }

  @Test
  void aTextThatTheSecondStatementOfACommitLeavesOutIsThatOfTheFirst() {
    Change first =
        Change.upsert(ChangeStamp.captured(1_000, 2_000, 7, 0), Arrays.asList("A", "long", "1"));
    Change second = captured(ChangeStamp.captured(1_000, 2_000, 7, 1), "B", null, "2", 0b010);
    assertThat(History.of(DIMENSION, List.of(second, first)))
        .singleElement()
        .satisfies(v -> assertThat(v.values()).containsExactly("B", "long", "2"));
  }

  @Test
  void aPositionThatComesAgainAfterARestoreIsAnotherCommit() {
    assertThat(intervals(captured(1, 1, 7, 1, "A"), captured(2, 2, 7, 0, "B")))
        .isEqualTo("A[1000,2000) B[2000,)");
  }

  @Test
  void aCommitThatEndsInADeleteStillHandsOnItsAttributes() {
    Change update = captured(ChangeStamp.captured(2_000, 2_000, 8, 0), "B", null, "2", 0);
    Change delete = Change.delete(ChangeStamp.captured(2_000, 2_000, 8, 1), DIMENSION);
    Change back = captured(ChangeStamp.captured(3_000, 3_000, 9, 0), null, "again", "3", 0b001);
    List<Version> versions = History.of(DIMENSION, List.of(polled(1, "A"), update, delete, back));
    assertThat(versions).hasSize(2);
    assertThat(versions.get(1).values()).containsExactly("B", "again", "3");
  }

  @Test
  void aStockMovementDoesNotMoveTheDateOfAPriceChange() {
    Change price = captured(1, 30, 7, 0, "B");
    Change movement = captured(ChangeStamp.polled(10_000), null, null, "8", 0b011);
    assertThat(intervals(price)).isEqualTo("B[1000,)");
    assertThat(intervals(price, movement)).isEqualTo("B[1000,)");
  }

  @Test
  void aDeleteDoesMoveTheDateOfWhatFollows() {
    assertThat(intervals(delete(10), captured(1, 30, 100, 0, "B"))).isEqualTo("B[30000,)");
  }

  @Test
  void aTransactionThatWaitedForALockIsTheSourcesCurrentRow() {
    // Committed last (o = 3), though it says an older time (t = 1) than the other (t = 2).
    assertThat(intervals(captured(2, 2, 7, 0, "A"), captured(1, 3, 8, 0, "B")))
        .isEqualTo("A[2000,3000) B[3000,)");
  }

  @Test
  void theSameChangePolledAndCapturedIsOne() {
    assertThat(intervals(polled(2, "A"), captured(2, 5, 7, 0, "A"))).isEqualTo("A[2000,)");
  }

  @Test
  void aPolledTwinCompletesWhatTheCapturedChangeDidNotCarry() {
    Change captured =
        Change.create(
            ChangeStamp.captured(2_000, 5_000, 7, 0),
            Operation.UPSERT,
            Arrays.asList("A", null, null),
            0b110);
    Change polled = Change.upsert(ChangeStamp.polled(2_000), Arrays.asList("A", "long", "9"));
    List<Version> versions = History.of(DIMENSION, List.of(polled, captured));
    assertThat(versions).hasSize(1);
    assertThat(versions.get(0).values()).containsExactly("A", "long", "9");
  }

  @Test
  void aDeleteClosesAndALaterUpsertOpens() {
    assertThat(intervals(polled(1, "A"), delete(3), polled(5, "A")))
        .isEqualTo("A[1000,3000)deleted A[5000,)");
  }

  @Test
  void aDeleteOfWhatWasNeverSeenIsNoVersionButIsRemembered() {
    assertThat(intervals(delete(3))).isEmpty();
    assertThat(intervals(delete(3), polled(1, "A"))).isEqualTo("A[1000,3000)deleted");
  }

  @Test
  void aTypeOneChangeOpensNothingAndReachesEveryVersion() {
    List<Version> versions =
        History.of(
            DIMENSION,
            List.of(polledAt(1_000, "A", 1), polledAt(2_000, "B", 2), polledAt(3_000, "B", 3)));
    assertThat(versions).hasSize(2);
    assertThat(versions).allSatisfy(v -> assertThat(v.values().get(2)).isEqualTo("3"));
  }

  @Test
  void aStockMovementAloneOpensNoVersionAndDoesNotRaiseTheDead() {
    Change movement =
        Change.create(
            ChangeStamp.polled(4_000), Operation.UPSERT, Arrays.asList(null, null, "8"), 0b011);
    assertThat(intervals(movement)).isEmpty();
    assertThat(intervals(polled(1, "A"), delete(3), movement)).isEqualTo("A[1000,3000)deleted");
    assertThat(History.of(DIMENSION, List.of(polled(1, "A"), movement)).get(0).values().get(2))
        .isEqualTo("8");
  }

  @Test
  void aFirstLoadRemembersNothing() {
    StoredKey key = new StoredKey(DIMENSION);
    key.apply(List.of(polled(1, "A")));
    assertThat(key.rememberedChanges()).isZero();
    key.apply(List.of(polled(2, "B")));
    assertThat(key.rememberedChanges()).isEqualTo(2);
  }

  @Test
  void ofStockMovementsOnlyTheNewestIsRemembered() {
    StoredKey key = new StoredKey(DIMENSION);
    key.apply(List.of(polled(1, "A")));
    for (int day = 0; day < 1_000; day++) {
      key.apply(List.of(movement(2_000 + day)));
    }
    assertThat(key.rememberedChanges()).isEqualTo(2);
    assertThat(key.apply(List.of(movement(2_500))).fresh()).as("an older one").isZero();
    assertThat(key.versions()).hasSize(1);
    assertThat(key.versions().get(0).values().get(2)).isEqualTo("2999");
  }

  /** Compared pair by pair these would take minutes. */
  @Test
  void aLongHistoryCostsLittleMoreThanItsLength() {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      changes.add(captured(i, i + 1, i, 0, "v" + i));
      changes.add(polled(i, "v" + i));
    }
    for (int i = 0; i < 20_000; i++) {
      // A column of whole days: all of them at one time.
      changes.add(captured(60_000, 60_000 + i, 60_000 + i, 0, "w" + i));
      changes.add(polled(60_000, "w" + i));
    }
    assertTimeout(
        Duration.ofSeconds(20), () -> assertThat(History.of(DIMENSION, changes)).hasSize(70_000));
  }

  @Test
  void theFirstRealRowCompletesTheInferredMemberInPlace() {
    StoredKey key = new StoredKey(DIMENSION);
    key.infer();
    long inferred = key.rows().get(0).surrogateKey();
    KeyHistory.Update update = key.apply(List.of(polled(1, "A"), polled(2, "B")));
    assertThat(key.rows())
        .filteredOn(r -> r.surrogateKey() == inferred)
        .singleElement()
        .satisfies(r -> assertThat(r.version().effectiveMicros()).isEqualTo(1_000));
    assertThat(update.diff().rekeyFromMicros()).isEqualTo(2_000);
  }

  @Test
  void changesAreEqualByContentAndHaveTheSameId() {
    assertThat(polled(1, "A").id()).isEqualTo(polled(1, "A").id());
    assertThat(polled(1, "A").id()).isNotEqualTo(polled(1, "B").id());
    assertThat(polled(1, "A").id()).isNotEqualTo(polled(2, "A").id());
  }

  private static Change polled(long t, String a) {
    return polledAt(t * 1_000, a, 0);
  }

  private static Change polledAt(long micros, String a, int n) {
    return Change.upsert(ChangeStamp.polled(micros), Arrays.asList(a, null, Integer.toString(n)));
  }

  private static Change captured(long t, long o, long lsn, int index, String a) {
    return Change.upsert(
        ChangeStamp.captured(t * 1_000, o * 1_000, lsn, index), Arrays.asList(a, null, "0"));
  }

  private static Change captured(ChangeStamp stamp, String a, String b, String n, long absent) {
    return Change.create(stamp, Operation.UPSERT, Arrays.asList(a, b, n), absent);
  }

  private static Change movement(long micros) {
    return captured(ChangeStamp.polled(micros), null, null, Long.toString(micros), 0b011);
  }

  private static Change delete(long o) {
    return Change.delete(ChangeStamp.captured(o * 1_000, o * 1_000, 99, 0), DIMENSION);
  }

  private static String intervals(Change... changes) {
    StringBuilder text = new StringBuilder();
    for (Version v : History.of(DIMENSION, List.of(changes))) {
      text.append(text.isEmpty() ? "" : " ")
          .append(v.values().get(0))
          .append('[')
          .append(v.effectiveMicros())
          .append(',')
          .append(v.expiryMicros() == null ? "" : v.expiryMicros())
          .append(')')
          .append(v.deleted() ? "deleted" : "");
    }
    return text.toString();
  }
}
