package vn.phusa.runners.jobs.warehouse;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import vn.phusa.pipelines.io.warehouse.deadletter.DeadLetterStore;
import vn.phusa.pipelines.io.warehouse.ledger.RunLedger;
import vn.phusa.pipelines.io.warehouse.ledger.RunStatus;
import vn.phusa.pipelines.io.warehouse.ledger.RunSummary;
import vn.phusa.pipelines.io.warehouse.ledger.StepSummary;
import vn.phusa.pipelines.io.warehouse.ledger.Watermarks;
import vn.phusa.runners.jobs.result.StepResult;
import vn.phusa.runners.jobs.warehouse.WarehouseStatus.Run;
import vn.phusa.runners.jobs.warehouse.WarehouseStatus.RunStep;

/** Reads how a warehouse stands from its housekeeping tables. */
final class StatusReader {
  private static final String LEFT =
      "its client is gone or cut off (no session has its lock); the next start ends this run";

  private final DataSource warehouse;

  StatusReader(DataSource warehouse) {
    this.warehouse = warehouse;
  }

  WarehouseStatus read(int lastRuns) throws SQLException {
    List<Run> runs =
        new RunLedger(warehouse).lastRuns(lastRuns).stream().map(StatusReader::run).toList();
    return new WarehouseStatus(
        runs, new Watermarks(warehouse).all(), new DeadLetterStore(warehouse).waiting());
  }

  private static Run run(RunSummary run) {
    return new Run(
        run.id(),
        run.command(),
        run.started(),
        run.ended() == null ? null : Duration.between(run.started(), run.ended()),
        run.status().name().toLowerCase(Locale.ROOT),
        run.isLeft() ? LEFT : run.error(),
        run.steps().stream()
            .filter(step -> !isReportedByItsTables(step, run.steps()))
            .map(StatusReader::step)
            .toList());
  }

  /** A command's step without rows of its own, beside the steps of its tables. */
  private static boolean isReportedByItsTables(StepSummary step, List<StepSummary> all) {
    return (step.error() == null || step.status() == RunStatus.PARTIAL)
        && all.stream().anyMatch(other -> other.step().startsWith(step.step() + "/"));
  }

  private static RunStep step(StepSummary step) {
    Instant end = step.ended() == null ? step.started() : step.ended();
    return new RunStep(
        step.status().name().toLowerCase(Locale.ROOT),
        new StepResult(step.step(), step.counts(), Duration.between(step.started(), end)),
        step.error());
  }
}
