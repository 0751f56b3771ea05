package vn.phusa.runners.cli.command;

import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseRights;
import vn.phusa.runners.cli.CommandContext;
import vn.phusa.runners.cli.console.StepTable;
import vn.phusa.runners.jobs.failure.StepFailedException;
import vn.phusa.runners.jobs.result.StepResult;
import vn.phusa.runners.jobs.run.RunEngine;
import vn.phusa.runners.jobs.run.RunKind;
import vn.phusa.runners.jobs.run.Step;
import vn.phusa.runners.jobs.run.StepRetry;

/** Runs steps against the command's warehouse and prints what became of the rows. */
public final class BatchRun {
  private final CommandContext context;
  private final RunKind kind;
  private final StepRetry retry;
  private final Set<WarehouseRights> rights;

  private BatchRun(
      CommandContext context, RunKind kind, StepRetry retry, Set<WarehouseRights> rights) {
    this.context = context;
    this.kind = kind;
    this.retry = retry;
    this.rights = rights;
  }

  /**
   * A run that is not begun yet.
   *
   * @param rights what its steps need in the warehouse, besides keeping the run's record
   */
  public static BatchRun of(
      CommandContext context, RunKind kind, StepRetry retry, WarehouseRights... rights) {
    EnumSet<WarehouseRights> all = EnumSet.of(WarehouseRights.LEDGER, rights);
    return new BatchRun(context, kind, retry, all);
  }

  /**
   * Runs them as {@link RunEngine#run} does, after a check of the warehouse's schema and rights.
   */
  public void runAndReport(String command, List<Step> steps, Duration resumeWithin)
      throws SQLException, StepFailedException, InterruptedException {
    context.warehouse().require(rights);
    RunEngine engine =
        new RunEngine(
            context.ledger(kind), retry, context.sleeper(), context.clock(), context.progress());
    try {
      report(engine.run(command, context.given(), steps, resumeWithin));
    } catch (StepFailedException e) {
      report(e.results());
      throw e;
    }
  }

  private void report(List<StepResult> results) {
    if (!results.isEmpty()) {
      context.console().out().print(StepTable.render(results));
    }
  }
}
