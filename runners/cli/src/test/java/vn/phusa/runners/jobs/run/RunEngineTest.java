package vn.phusa.runners.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoInterruptedException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vn.phusa.pipelines.io.warehouse.ledger.AnotherRunActiveException;
import vn.phusa.runners.cli.command.FakeLedger;
import vn.phusa.runners.jobs.failure.PartialFailureException;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;
import vn.phusa.runners.jobs.failure.StepFailedException;
import vn.phusa.runners.jobs.failure.UsageException;
import vn.phusa.runners.jobs.result.StepResult;

class RunEngineTest {
  private static final Duration HALF_A_DAY = Duration.ofHours(12);

  private final FakeLedger ledger = new FakeLedger();
  private final List<Duration> slept = new ArrayList<>();
  private int failuresLeft;
  private final List<Set<String>> partsKnown = new ArrayList<>();
  private boolean isNeeded = true;
  private Runnable onFailure = () -> {};
  private List<StepResult> thirds = List.of(StepResult.withoutRows("3", Duration.ZERO));
  private Exception failure = new IllegalStateException("no");

  @Test
  void aFailedStepIsTriedAgainAfterTheDelay() throws Exception {
    failuresLeft = 2;

    run(HALF_A_DAY);

    assertThat(slept).containsExactly(Duration.ofMinutes(5), Duration.ofMinutes(5));
    assertThat(ledger.events)
        .containsSequence("first attempt 1", "first SUCCEEDED", "second attempt 1")
        .contains("second attempt 3", "second SUCCEEDED", "run-1 SUCCEEDED")
        .filteredOn(event -> event.startsWith("second FAILED"))
        .hasSize(2);
  }

  @Test
  void aStepThatKeepsFailingEndsTheRun() {
    failuresLeft = 3;

    assertThatThrownBy(() -> run(HALF_A_DAY))
        .isInstanceOf(StepFailedException.class)
        .hasRootCause(failure);
    assertThat(ledger.events)
        .doesNotContain("third attempt 1")
        .last()
        .asString()
        .startsWith("run-1 FAILED second: IllegalStateException");
    assertThat(ledger.locked).isFalse();
  }

  @Test
  void theNextRunContinuesAtTheStepThatFailed() throws Exception {
    failuresLeft = 3;
    assertThatThrownBy(() -> run(HALF_A_DAY)).isInstanceOf(StepFailedException.class);
    ledger.events.clear();

    run(HALF_A_DAY);

    assertThat(ledger.events)
        .startsWith("resume run-1", "second attempt 1")
        .endsWith("third SUCCEEDED", "run-1 SUCCEEDED");
  }

  @Test
  void anotherAttemptKnowsWhatPartsAreDoneAndAnotherProcessDoesNot() throws Exception {
    failuresLeft = 4;
    assertThatThrownBy(() -> run(HALF_A_DAY)).isInstanceOf(StepFailedException.class);

    run(HALF_A_DAY);

    assertThat(ledger.events).contains("resume run-1");
    assertThat(partsKnown)
        .containsExactly(Set.of(), Set.of("part"), Set.of("part"), Set.of(), Set.of("part"));
  }

  @Test
  void aRunThatStoppedLongAgoIsBegunAnew() throws Exception {
    failuresLeft = 3;
    assertThatThrownBy(() -> run(HALF_A_DAY)).isInstanceOf(StepFailedException.class);
    ledger.now = ledger.now.minus(Duration.ofHours(13));

    Clock later = Clock.fixed(ledger.now.plus(Duration.ofHours(13)), ZoneOffset.UTC);
    engine(later).run("run", Map.of(), steps(), HALF_A_DAY);

    assertThat(ledger.events).contains("begin run-2 run");
  }

  @Test
  void whatCannotPassIsNotTriedAgain() {
    for (Exception lasting :
        List.of(
            new UsageException("wrong"),
            new ServiceUnavailableException("password refused", false, null),
            new AnotherRunActiveException(""))) {
      failuresLeft = 1;
      failure = lasting;
      assertThatThrownBy(() -> run(HALF_A_DAY)).hasRootCause(lasting);
    }
    assertThat(slept).isEmpty();
  }

  @Test
  void aDatabaseThatIsAwayIsWaitedFor() throws Exception {
    failuresLeft = 1;
    failure = new ServiceUnavailableException("cannot be reached", true, null);

    run(HALF_A_DAY);

    assertThat(slept).hasSize(1);
  }

  @Test
  void anInterruptionWhileWaitingStopsTheRun() {
    failuresLeft = 1;
    RunEngine engine =
        new RunEngine(
            ledger,
            new StepRetry(2, Duration.ofMinutes(5)),
            duration -> {
              throw new InterruptedException();
            },
            Clock.systemUTC(),
            step -> null);

    assertThatThrownBy(() -> engine.run("run", Map.of(), steps(), HALF_A_DAY))
        .isInstanceOf(InterruptedException.class);
    assertThat(ledger.events).endsWith("run-1 ABORTED stopped");
    assertThat(ledger.locked).isFalse();
  }

  @ParameterizedTest
  @MethodSource("wrappedInterruptions")
  void anInterruptionThatIsWrappedAbortsRunAndStep(Exception wrapped) {
    failuresLeft = 1;
    failure = wrapped;

    assertThatThrownBy(() -> run(HALF_A_DAY)).isInstanceOf(InterruptedException.class);

    assertThat(ledger.events).endsWith("second ABORTED stopped", "run-1 ABORTED stopped");
    assertThat(slept).isEmpty();
  }

  static Stream<Exception> wrappedInterruptions() {
    return Stream.of(
        new RuntimeException(new InterruptedException()),
        new ServiceUnavailableException(
            "cannot be reached", true, new ClosedByInterruptException()),
        new PipelineExecutionException(new MongoInterruptedException("no", null)));
  }

  @Test
  void aFailureInAnInterruptedThreadAbortsRunAndStep() {
    failuresLeft = 1;
    failure = new IllegalStateException("swallowed");
    onFailure = Thread.currentThread()::interrupt;

    assertThatThrownBy(() -> run(HALF_A_DAY)).isInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(ledger.events).endsWith("second ABORTED stopped", "run-1 ABORTED stopped");
  }

  @Test
  void aStepThatIsNotNeededIsTriedAgainAndThenLeftOut() {
    failuresLeft = 3;
    isNeeded = false;

    assertThatThrownBy(() -> run(HALF_A_DAY))
        .isInstanceOf(StepFailedException.class)
        .hasRootCause(failure);

    assertThat(slept).hasSize(2);
    assertThat(ledger.events)
        .containsSubsequence("second attempt 3", "third attempt 1", "third SUCCEEDED")
        .last()
        .asString()
        .startsWith("run-1 FAILED second: IllegalStateException");
  }

  @Test
  void stepsAfterOneThatWasLeftOutAreDoneAgain() throws Exception {
    failuresLeft = 3;
    isNeeded = false;
    assertThatThrownBy(() -> run(HALF_A_DAY)).isInstanceOf(StepFailedException.class);
    ledger.events.clear();

    run(HALF_A_DAY);

    assertThat(ledger.events)
        .startsWith("begin run-2 run", "first attempt 1")
        .contains("second SUCCEEDED", "third SUCCEEDED");
  }

  @Test
  void whatTheOtherStepsDidIsReported() {
    failuresLeft = 1;
    isNeeded = false;
    StepResult part = StepResult.withoutRows("part", Duration.ZERO);
    failure = new PartialFailureException("one part failed", false, List.of(part));

    assertThatThrownBy(() -> run(HALF_A_DAY))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> assertThat(e.results()).extracting(StepResult::name).containsExactly("part", "3"));
    assertThat(slept).isEmpty();
  }

  @Test
  void aPartThatIsLeftForTheNextTimeIsNoFailure() throws Exception {
    thirds = List.of(StepResult.withoutRows("3", Duration.ZERO).partly("quota"));

    run(HALF_A_DAY);

    assertThat(ledger.events).endsWith("third PARTIAL 3: quota", "run-1 PARTIAL 3: quota");
    run(HALF_A_DAY);
    assertThat(ledger.events).contains("begin run-2 run");
  }

  @Test
  void aLockThatAnotherTookStopsTheRun() {
    AnotherRunActiveException taken = new AnotherRunActiveException("");
    ledger.onVerify =
        () -> {
          if (ledger.events.contains("first SUCCEEDED")) {
            throw taken;
          }
        };

    assertThatThrownBy(() -> run(HALF_A_DAY)).hasRootCause(taken);
    assertThat(ledger.events).doesNotContain("second attempt 1");
    assertThat(slept).isEmpty();
  }

  private List<StepResult> run(Duration resumeWithin) throws Exception {
    return engine(Clock.fixed(ledger.now, ZoneOffset.UTC))
        .run("run", Map.of(), steps(), resumeWithin);
  }

  private RunEngine engine(Clock clock) {
    return new RunEngine(
        ledger, new StepRetry(2, Duration.ofMinutes(5)), slept::add, clock, step -> null);
  }

  private List<Step> steps() {
    return List.of(
        new Step("first", context -> List.of()),
        new Step(
            "second",
            isNeeded,
            context -> {
              partsKnown.add(context.done().names());
              context.done().add(StepResult.withoutRows("part", Duration.ZERO));
              if (failuresLeft-- > 0) {
                onFailure.run();
                throw failure;
              }
              return List.of();
            }),
        new Step("third", context -> thirds));
  }
}
