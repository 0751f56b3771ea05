package vn.phusa.runners.cli.command;

import java.time.Duration;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.ExtractionOptions;
import vn.phusa.options.LoadOptions;
import vn.phusa.options.LoadSettings;
import vn.phusa.options.RunOptions;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseRights;
import vn.phusa.runners.cli.Command;
import vn.phusa.runners.cli.CommandContext;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.preflight.Needs;
import vn.phusa.runners.jobs.preflight.Service;
import vn.phusa.runners.jobs.run.RunKind;
import vn.phusa.runners.jobs.run.StepRetry;

/** {@code run}: the whole batch job, with retries, resumed where the run before stopped. */
public final class RunCommand implements Command {

  @Override
  public String name() {
    return "run";
  }

  @Override
  public String summary() {
    return "does the whole batch job: extract, load-dimensions, load-facts, refresh-marts";
  }

  @Override
  public List<Class<? extends PipelineOptions>> options() {
    return List.of(LoadOptions.class, ExtractionOptions.class, RunOptions.class);
  }

  @Override
  public ExitCode run(CommandContext context) throws Exception {
    BatchSteps steps = BatchSteps.of(context);
    Extraction extraction = Extraction.of(context);
    extraction.check();
    RunOptions options = context.options(RunOptions.class);
    StepRetry retry = StepRetry.of(options);
    Duration within = LoadSettings.duration("resumeWithin", options.getResumeWithin());
    context.require(needs(context));
    extraction.check();
    BatchRun.of(context, RunKind.BATCH, retry, WarehouseRights.ROWS, WarehouseRights.MARTS)
        .runAndReport(
            name(),
            steps.all(extraction),
            options.isResume() && isRepeatable(steps.settings()) ? within : Duration.ZERO);
    return ExitCode.DONE;
  }

  /** Marketplaces that are given are extracted, which needs a staging. */
  private static Needs needs(CommandContext context) {
    return context.isGiven(Service.MARKETPLACES.option())
        ? Needs.allOf(Service.WAREHOUSE, Service.STAGING)
            .besides(Service.OLTP, Service.MARKETPLACES)
        : BatchSteps.loadNeeds().besides(Service.MARKETPLACES);
  }

  /** The steps that the stopped run finished did not load the period that is asked for now. */
  private static boolean isRepeatable(LoadSettings load) {
    return !load.isBackfill() && !load.fromBeginning();
  }
}
