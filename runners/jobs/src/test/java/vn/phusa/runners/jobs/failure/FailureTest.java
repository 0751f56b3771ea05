package vn.phusa.runners.jobs.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobCancellationException;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.warehouse.schema.OtherRulesException;

class FailureTest {

  @Test
  void tooManyOpenFilesAreReportedWhateverMetThem() {
    Exception failure =
        new RuntimeException(
            new SQLException("no", "08001", new IOException("socket: Too many open files")));

    assertThat(Failure.of(failure).line())
        .startsWith("too many open files: the limit of ")
        .contains("ulimit -n");
    assertThat(Failure.of(failure).code()).isEqualTo(ExitCode.PIPELINE_FAILED);
    assertThat(Failure.isRetryable(failure)).isFalse();
  }

  @Test
  void aJobThatSomebodyCancelledIsReportedAndNotTriedAgain() {
    for (Exception cancelled :
        new Exception[] {
          new PipelineEndedException(State.CANCELLED),
          new JobCancellationException(new JobID(), "cancelled", null)
        }) {
      Exception failure = new RuntimeException(cancelled);

      assertThat(Failure.of(failure).line()).isEqualTo("the job was cancelled by somebody else");
      assertThat(Failure.of(failure).code()).isEqualTo(ExitCode.PIPELINE_FAILED);
      assertThat(Failure.isRetryable(failure)).isFalse();
    }
  }

  @Test
  void whoeverWritesByRulesOfBeforeIsToldAndNotTriedAgain() {
    Exception failure = new RuntimeException(new OtherRulesException(3));

    assertThat(Failure.of(failure).line())
        .isEqualTo(
            "another command put other rules into force (number 3 of etl_rules); start this one"
                + " again with its --rules");
    assertThat(Failure.of(failure).code()).isEqualTo(ExitCode.PIPELINE_FAILED);
    assertThat(Failure.isRetryable(failure)).isFalse();
  }

  @Test
  void memoryThatIsExhaustedIsReportedByItsSize() {
    Failure failure = Failure.of(new RuntimeException(new OutOfMemoryError("Java heap space")));

    assertThat(failure.line()).startsWith("out of memory: the heap has ");
    assertThat(failure.code()).isEqualTo(ExitCode.PIPELINE_FAILED);
  }
}
