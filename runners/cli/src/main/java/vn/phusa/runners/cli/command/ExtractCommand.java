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
    return "extract";
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
    PlatformNames.checkSome(context);
    context.require(Service.STAGING, Service.WAREHOUSE, Service.MARKETPLACES);
    PlatformNames.checkSome(context);
    if (isUntilStopped(context)) {
      context.warehouse().require(Set.of(WarehouseRights.LEDGER));
      int platforms = context.backend().extractions().ready(options).size();
      RunnerProfile.of(options).runSideBySide(context.given().keySet(), platforms);
      new StreamRunner(context.ledger(RunKind.EXTRACT), A_MINUTE)
          .run(name(), context.given(), options, context.backend().extractions().stream(options));
    } else {
      BatchRun.of(context, RunKind.EXTRACT, StepRetry.NEVER)
          .runAndReport(name(), List.of(BatchSteps.extract(context)), Duration.ZERO);
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
