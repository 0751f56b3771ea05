package vn.phusa.runners.local.commands;

import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import vn.phusa.pipelines.warehouse.WarehouseRights;
import vn.phusa.runners.local.CommandContext;
import vn.phusa.runners.local.backend.Warehouse;
import vn.phusa.runners.local.console.StepTable;
import vn.phusa.runners.local.run.RetryPolicy;
import vn.phusa.runners.local.run.RunEngine;
import vn.phusa.runners.local.run.RunKind;
import vn.phusa.runners.local.run.Step;
import vn.phusa.runners.local.run.StepFailedException;
import vn.phusa.runners.local.run.StepResult;

/** Runs steps against the command's warehouse and prints what became of the rows. */
final class BatchRun {
  private final CommandContext context;
  private final RunKind kind;
  private final RetryPolicy retry;
  private final Set<WarehouseRights> rights;

  private BatchRun(
      CommandContext context, RunKind kind, RetryPolicy retry, Set<WarehouseRights> rights) {
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
  static BatchRun of(
      CommandContext context, RunKind kind, RetryPolicy retry, WarehouseRights... rights) {
    EnumSet<WarehouseRights> all = EnumSet.of(WarehouseRights.LEDGER, rights);
    return new BatchRun(context, kind, retry, all);
  }

  /** Runs them as {@link RunEngine#run} does, after a look at the warehouse's schema and rights. */
  void runAndTell(String command, List<Step> steps, Duration resumeWithin)
      throws SQLException, StepFailedException, InterruptedException {
    Warehouse warehouse = context.warehouse();
    warehouse.require(rights);
    RunEngine engine =
        new RunEngine(
            warehouse.ledger(kind), retry, context.sleeper(), context.clock(), context.progress());
    try {
      tell(engine.run(command, context.given(), steps, resumeWithin));
    } catch (StepFailedException e) {
      tell(e.results());
      throw e;
    }
  }

  private void tell(List<StepResult> results) {
    if (!results.isEmpty()) {
      context.console().out().print(StepTable.render(results));
    }
  }
}
