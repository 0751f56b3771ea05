package vn.phusa.runners.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.ExtractOptions;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseRights;
import vn.phusa.runners.cli.Command;
import vn.phusa.runners.cli.CommandContext;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.preflight.Service;
import vn.phusa.runners.jobs.run.RunKind;
import vn.phusa.runners.jobs.run.StepRetry;
import vn.phusa.runners.jobs.run.StreamRunner;
import vn.phusa.runners.jobs.runner.RunnerProfile;

/** {@code extract}: marketplaces and feeds into staging, once or until it is stopped. */
public final class ExtractCommand implements Command {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  @Override
  public String name() {
    return Extraction.STEP;
  }

  @Override
  public String summary() {
    return "brings products and orders of marketplaces and feeds into staging";
  }

  @Override
  public List<Class<? extends PipelineOptions>> options() {
    return List.of(ExtractOptions.class);
  }

  @Override
  public ExitCode run(CommandContext context) throws Exception {
    ExtractOptions options = context.options(ExtractOptions.class);
    Extraction extraction = Extraction.of(context);
    extraction.checkSome();
    context.require(Service.STAGING, Service.WAREHOUSE, Service.MARKETPLACES);
    extraction.checkSome();
    if (isUntilStopped(context)) {
      context.warehouse().require(Set.of(WarehouseRights.LEDGER));
      int platforms = extraction.platforms().size();
      RunnerProfile.of(options).runSideBySide(context.given().keySet(), platforms);
      new StreamRunner(context.ledger(RunKind.EXTRACT), A_MINUTE)
          .run(
              name(),
              context.given(),
              options,
              context.backend().extractions().stream(extraction.setup()));
    } else {
      BatchRun.of(context, RunKind.EXTRACT, StepRetry.NEVER)
          .runAndReport(name(), List.of(extraction.step()), Duration.ZERO);
    }
    return ExitCode.DONE;
  }

  /**
   * As it was given: Beam has an option of this name too, which is set for Flink's bounded jobs.
   */
  private static boolean isUntilStopped(CommandContext context) {
    return Boolean.parseBoolean(context.given().get("streaming"));
  }
}
