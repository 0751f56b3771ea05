package vn.phusa.runners.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import vn.phusa.options.ExtractOptions;
import vn.phusa.options.LoadOptions;
import vn.phusa.options.LoadSettings;
import vn.phusa.options.WarehouseOptions;
import vn.phusa.pipelines.io.warehouse.ledger.AnotherRunActiveException;
import vn.phusa.runners.cli.CommandContext;
import vn.phusa.runners.jobs.preflight.Needs;
import vn.phusa.runners.jobs.preflight.Service;
import vn.phusa.runners.jobs.run.Ledger;
import vn.phusa.runners.jobs.run.RunContext;
import vn.phusa.runners.jobs.run.RunKind;
import vn.phusa.runners.jobs.run.Step;
import vn.phusa.runners.jobs.run.StepResult;

/** The steps that batch commands are made of, and the order of the whole batch job. */
public final class BatchSteps {
  private static final String EXTRACT = "extract";

  private BatchSteps() {}

  /** What loads read and write: every source that is there, at least one. */
  static Needs loadNeeds() {
    return Needs.allOf(Service.WAREHOUSE).oneOf(Service.OLTP, Service.STAGING);
  }

  static Step extract(CommandContext context) {
    ExtractOptions options = context.options(ExtractOptions.class);
    return new Step(EXTRACT, run -> context.backend().extractions().extract(options, run));
  }

  static Step loadDimensions(CommandContext context) {
    LoadOptions options = context.options(LoadOptions.class);
    return new Step(
        "load-dimensions", run -> context.backend().jobs().loadDimensions(options, run));
  }

  static Step loadFacts(CommandContext context) {
    LoadOptions options = context.options(LoadOptions.class);
    return new Step("load-facts", run -> context.backend().jobs().loadFacts(options, run));
  }

  static Step refreshMarts(CommandContext context) {
    WarehouseOptions options = context.options(WarehouseOptions.class);
    return new Step("refresh-marts", run -> context.backend().jobs().refreshMarts(options, run));
  }

  /**
   * The whole batch job, in its order, for the services that the command uses. What cannot be
   * extracted today must not keep from the warehouse what can be loaded.
   */
  public static List<Step> all(CommandContext context) {
    List<Step> steps = new ArrayList<>();
    if (context.services().uses(Service.MARKETPLACES) && context.services().uses(Service.STAGING)) {
      steps.add(Step.notNeeded(EXTRACT, run -> extractUnlessAnotherDoes(context, run)));
    }
    steps.add(loadDimensions(context));
    steps.add(loadFacts(context));
    steps.add(refreshMarts(context));
    return steps;
  }

  /** Malformed values are reported before anything is started. */
  public static void checkLoad(CommandContext context) {
    LoadSettings.of(context.options(LoadOptions.class));
    context.rules();
  }

  /** Where an extraction runs until it is stopped, the loads take what it has staged. */
  private static List<StepResult> extractUnlessAnotherDoes(CommandContext context, RunContext run)
      throws Exception {
    try (Ledger.Lease lease = context.ledger(RunKind.EXTRACT).acquire()) {
      lease.verify();
      return extract(context).action().run(run);
    } catch (AnotherRunActiveException e) {
      return List.of(
          StepResult.withoutRows(EXTRACT, Duration.ZERO).partly("left to it: " + e.getMessage()));
    }
  }
}
