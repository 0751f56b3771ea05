package vn.phusa.runners.jobs.run;

import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.ledger.RunLedger;
import vn.phusa.pipelines.io.warehouse.ledger.RunStatus;
import vn.phusa.pipelines.io.warehouse.ledger.StepSummary;
import vn.phusa.runners.jobs.run.Ledger.Status;

/** Steps as etl_step holds them. */
public final class RecordedSteps implements StepLedger {
  private final RunLedger log;

  public RecordedSteps(DataSource warehouse) {
    this.log = new RunLedger(warehouse);
  }

  @Override
  public int stepStarted(RunId runId, String step) throws SQLException {
    return log.beginStep(runId, step);
  }

  @Override
  public RowCounts stepEnded(RunId runId, String step, Status status, @Nullable String why)
      throws SQLException {
    return switch (status) {
      case SUCCEEDED -> log.finishStep(runId, step);
      case PARTIAL -> log.pauseStep(runId, step, why);
      case ABORTED -> log.abortStep(runId, step);
      case FAILED -> log.failStep(runId, step, why);
      case RUNNING -> throw new IllegalArgumentException("a step does not end as running");
    };
  }

  @Override
  public RowCounts stepContinues(RunId runId, String step) throws SQLException {
    return log.progress(runId, step);
  }

  @Override
  public Set<String> stepsRunning(RunId runId) throws SQLException {
    return log.steps(runId).stream()
        .filter(step -> step.status() == RunStatus.RUNNING)
        .map(StepSummary::step)
        .collect(Collectors.toSet());
  }
}
