package vn.phusa.runners.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;

/** Commands of batches: their steps and rows, how they stop, and where they resume. */
class BatchCommandsTest {
  @TempDir Path folder;
  private FakeLaunch launch;
  private FakeBackend backend;

  @BeforeEach
  void aWorld() throws Exception {
    launch = new FakeLaunch(folder);
    backend = launch.backend;
  }

  @Test
  void runDoesTheStepsInTheirOrderAndReportsTheRows() {
    assertThat(launch.run("run", "--embedded", "--home=there")).isEqualTo(ExitCode.DONE);

    assertThat(backend.calls).containsExactly("embedded at there", "dimensions", "facts", "marts");
    assertThat(launch.out())
        .isEqualTo(
            """
              step        read  loaded  rejected  skipped  opened  closed  seconds
              customers  1,200   1,000        50      150     900     100      1.2
              sales          7       7         0        0       0       0      2.0
              marts                                                            1.0
            """);
    assertThat(backend.ledger.locked).isFalse();
  }

  @Test
  void migrateSaysWhatItDid() {
    assertThat(launch.run("migrate", "--embedded")).isEqualTo(ExitCode.DONE);
    assertThat(launch.out()).isEqualTo("the warehouse's schema was created, version 4\n");
  }

  @Test
  void stepsSeeTheEmbeddedDatabasesAndNeverThePassword() {
    launch.run("run", "--embedded");

    assertThat(backend.seen.oltp().url()).isEqualTo("jdbc:postgresql://127.0.0.1:5/shop");
    assertThat(backend.seen.warehouse().url()).endsWith("/warehouse");
    assertThat(backend.seen.warehouse().password())
        .hasToString("${file:" + backend.passwordFile + "}");
    assertThat(backend.seen.toString() + launch.out() + launch.err()).doesNotContain("hunter2");
  }

  @Test
  void anInterruptionIsReportedAsSuchWhateverItBroke() {
    backend.duringFacts =
        () -> {
          Thread.currentThread().interrupt();
          throw new ServiceUnavailableException(
              "--embedded: interrupted while running", false, null);
        };

    assertThat(launch.run("load-facts", "--embedded")).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(launch.err()).isEqualTo("phusa: stopped\n");

    Thread.currentThread().interrupt();
    assertThat(launch.run("nonsense")).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aStoppedRunContinuesAtTheStepThatFailed() {
    backend.duringFacts =
        () -> {
          throw new IllegalStateException("row of Nguyễn Văn An");
        };
    assertThat(launch.run("run", "--embedded", "--stepRetries=0"))
        .isEqualTo(ExitCode.PIPELINE_FAILED);
    assertThat(launch.err())
        .startsWith("phusa: load-facts: IllegalStateException at BatchCommandsTest.java:")
        .doesNotContain("Nguyễn")
        .hasLineCount(1);

    backend.calls.clear();
    backend.duringFacts = () -> null;
    assertThat(launch.run("run", "--embedded")).isEqualTo(ExitCode.DONE);
    assertThat(backend.calls).containsExactly("embedded at .phusa", "facts", "marts");

    backend.calls.clear();
    assertThat(launch.run("run", "--embedded")).isEqualTo(ExitCode.DONE);
    assertThat(backend.calls).contains("dimensions");
  }

  @ParameterizedTest
  @CsvSource({"--resume=false", "--fromBeginning", "--from=2025-01-01", "--resumeWithin=PT0S"})
  void aStoppedRunIsBegunAnewWhenAsked(String argument) {
    backend.duringFacts =
        () -> {
          throw new IllegalStateException();
        };
    launch.run("run", "--embedded", "--stepRetries=0");
    backend.calls.clear();
    backend.duringFacts = () -> null;

    assertThat(launch.run("run", "--embedded", argument)).isEqualTo(ExitCode.DONE);
    assertThat(backend.calls).contains("dimensions");
  }

  @Test
  void onlyOneRunIsActive() {
    backend.ledger.locked = true;

    assertThat(launch.run("load-facts", "--embedded")).isEqualTo(ExitCode.ANOTHER_RUN_ACTIVE);
    assertThat(launch.err()).isEqualTo("phusa: another run is active\n");
    assertThat(backend.calls).doesNotContain("facts");
  }

  @Test
  void statusShowsRunsWatermarksAndDeadLetters() {
    assertThat(launch.run("status", "--embedded")).isEqualTo(ExitCode.DONE);
    assertThat(launch.out())
        .contains("2025-03-01 07:00:00 +07:00  run  failed after 42 s: load-facts: the database")
        .contains("customers  succeeded     5       4         1        0      3.0")
        .contains("oltp    customers  2025-03-01 07:00:00 +07:00")
        .contains("cleanse-sales  not_a_number            12");
  }
}
