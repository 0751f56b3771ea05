package vn.phusa.pipelines.io.postgres.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.warehouse.TestWarehouse;
import vn.phusa.pipelines.io.warehouse.deadletter.DeadLetterStore;
import vn.phusa.pipelines.io.warehouse.deadletter.DeadLetterStore.Headline;
import vn.phusa.pipelines.io.warehouse.deadletter.DeadLetterStore.Selection;
import vn.phusa.pipelines.io.warehouse.deadletter.DeadLetterWriter;
import vn.phusa.pipelines.io.warehouse.deadletter.ReadDeadLetters;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.errors.Stage;

@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLetterLifeIT {
  private TestWarehouse warehouse;
  private DeadLetterStore replay;

  @BeforeAll
  void migrate(FreshDatabase database) throws Exception {
    warehouse = TestWarehouse.in(database);
    replay = new DeadLetterStore(Postgres.dataSource(warehouse.address()));
  }

  @BeforeEach
  void empty() throws Exception {
    warehouse.execute("TRUNCATE dead_letter");
  }

  private static DeadLetter deadLetter(int offset, Reason reason) {
    return DeadLetter.of(
        Stage.CLEANSE_SALES,
        "sales_events",
        "sales_events/0/" + offset,
        new RejectedException(reason, "quantity is not a number"),
        Payload.of(List.of("order_id", "quantity"), List.of("O" + offset, "ba\0")));
  }

  private void keep(StepId step, DeadLetter... deadLetters) throws Exception {
    try (var writing = warehouse.writing(new DeadLetterWriter(step))) {
      writing.write(List.of(deadLetters), TestWarehouse::refuse);
    }
  }

  private List<String> life() throws Exception {
    return warehouse
        .query("SELECT status, attempts, replayed_at IS NOT NULL FROM dead_letter")
        .get(0);
  }

  @Test
  void aDeadLetterThatFailsAgainKeepsItsIdAndItsAttemptsGrow() throws Exception {
    DeadLetter deadLetter = deadLetter(1, Reason.NOT_A_NUMBER);
    keep(null, deadLetter);
    assertThat(life()).containsExactly("waiting", "1", "f");
    for (int attempt = 2; attempt < 4; attempt++) {
      assertThat(waiting(null, 10)).containsExactly(headline(deadLetter));
      replay.begin(List.of(deadLetter.getId()));
      assertThat(life()).containsExactly("replaying", Integer.toString(attempt), "t");
      // Once it is refused before its sending is settled, once after.
      if (attempt == 2) {
        keep(null, deadLetter);
        replay.end(List.of(deadLetter.getId()));
      } else {
        replay.end(List.of(deadLetter.getId()));
        assertThat(life()).containsExactly("replayed", "3", "t");
        assertThat(replay.count(Selection.all())).isZero();
        keep(null, deadLetter);
      }
      assertThat(life()).containsExactly("waiting", Integer.toString(attempt), "t");
    }
  }

  private List<Headline> waiting(String after, int most) throws Exception {
    return replay.headlines(Selection.all(), after, most);
  }

  private static Headline headline(DeadLetter deadLetter) {
    return new Headline(
        deadLetter.getId(), deadLetter.stage(), deadLetter.getSource(), deadLetter.position());
  }

  @Test
  void aDeadLetterIsReadAsItWasKept() throws Exception {
    DeadLetter deadLetter = deadLetter(1, Reason.NOT_A_NUMBER);
    keep(null, deadLetter, deadLetter(2, Reason.NOT_A_NUMBER));
    Pipeline pipeline = Pipeline.create();
    PAssert.that(
            pipeline
                .apply(Create.of(deadLetter.getId(), "of none"))
                .apply(ReadDeadLetters.from(warehouse.address())))
        .containsInAnyOrder(deadLetter);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void readTwiceIsNotTriedTwice() throws Exception {
    keep(null, deadLetter(1, Reason.NOT_A_NUMBER));
    keep(null, deadLetter(1, Reason.NOT_A_NUMBER));
    assertThat(life()).containsExactly("waiting", "1", "f");
  }

  @Test
  void anInterruptedReplayIsTakenUpByTheNext() throws Exception {
    DeadLetter deadLetter = deadLetter(1, Reason.NOT_A_NUMBER);
    keep(null, deadLetter);
    replay.begin(List.of(deadLetter.getId()));
    assertThat(waiting(null, 10)).containsExactly(headline(deadLetter));
  }

  @Test
  void aStreamKeepsTheRunOfADeadLetterThatARunHasCounted() throws Exception {
    RunId run = RunId.random();
    keep(new StepId(run, "orders"), deadLetter(1, Reason.NOT_A_NUMBER));
    keep(null, deadLetter(1, Reason.NOT_A_NUMBER));
    assertThat(warehouse.query("SELECT run_id, step FROM dead_letter"))
        .containsExactly(List.of(run.toString(), "orders"));
  }

  @Test
  void lettersAreSelectedByStageReasonAndTimeAndCountedPageByPage() throws Exception {
    keep(null, deadLetter(1, Reason.NOT_A_NUMBER), deadLetter(2, Reason.OUT_OF_RANGE));
    keep(null, deadLetter(3, Reason.NOT_A_NUMBER));
    Instant now = Instant.now();
    assertThat(replay.count(Selection.all())).isEqualTo(3);
    assertThat(replay.count(new Selection("cleanse-sales", "out_of_range", null, null)))
        .isEqualTo(1);
    assertThat(replay.count(new Selection("another", null, null, null))).isZero();
    assertThat(replay.count(new Selection(null, null, now.plusSeconds(3_600), null))).isZero();
    assertThat(replay.count(new Selection(null, null, null, now.minusSeconds(3_600)))).isZero();
    List<Headline> first = waiting(null, 2);
    List<Headline> rest = waiting(first.get(1).id(), 2);
    assertThat(first).hasSize(2);
    assertThat(rest).hasSize(1).doesNotContainAnyElementsOf(first);
  }
}
