package vn.phusa.runners.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.cli.command.FakeLedger;

class StepLifeTest {
  private static final List<String> STEPS = List.of("one", "other");

  private final FakeLedger ledger = new FakeLedger();
  private final StepLife life = new StepLife(ledger, ledger.begin("extract", Map.of()));

  @Test
  void whatEndedBeforeTheWorkFailedStaysAsItEnded() {
    assertThatThrownBy(
            () ->
                life.run(
                    STEPS,
                    () -> {
                      life.end("one", "quota");
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(ledger.events)
        .contains("one PARTIAL quota")
        .noneMatch(event -> event.startsWith("one FAILED"))
        .anyMatch(event -> event.startsWith("other FAILED IllegalStateException at StepLifeTest"));
  }

  @Test
  void whatWasStoppedIsAborted() {
    assertThatThrownBy(
            () ->
                life.run(
                    STEPS,
                    () -> {
                      throw new InterruptedException();
                    }))
        .isInstanceOf(InterruptedException.class);

    assertThat(ledger.events).endsWith("one ABORTED stopped", "other ABORTED stopped");
  }

  @Test
  void workThatIsDoneLeavesTheEndsToItself() throws SQLException {
    String done =
        life.run(
            STEPS,
            () -> {
              life.succeed("one");
              return "done";
            });

    assertThat(done).isEqualTo("done");
    assertThat(ledger.events).endsWith("other attempt 1", "one SUCCEEDED");
  }

  @Test
  void rowsAreCountedForStepsThatWereBegun() {
    assertThatThrownBy(() -> life.id("one")).isInstanceOf(IllegalStateException.class);
  }
}
