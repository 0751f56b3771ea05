package vn.phusa.runners.local.commands;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.ExtractOptions;
import vn.phusa.pipelines.warehouse.WarehouseRights;
import vn.phusa.runners.local.Command;
import vn.phusa.runners.local.CommandContext;
import vn.phusa.runners.local.ExitCode;
import vn.phusa.runners.local.RunnerDefaults;
import vn.phusa.runners.local.run.LongRunning;
import vn.phusa.runners.local.run.RetryPolicy;
import vn.phusa.runners.local.run.RunKind;
import vn.phusa.runners.local.service.Service;

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
    Platforms.checkSome(context);
    context.require(Service.STAGING, Service.WAREHOUSE, Service.MARKETPLACES);
    Platforms.checkSome(context);
    if (isUntilStopped(context)) {
      context.warehouse().require(Set.of(WarehouseRights.LEDGER));
      int platforms = context.backend().extractions().ready(options).size();
      RunnerDefaults.sideBySide(options, context.given().keySet(), platforms);
      new LongRunning(context.warehouse().ledger(RunKind.EXTRACT), A_MINUTE)
          .run(name(), context.given(), options, context.backend().extractions().stream(options));
    } else {
      BatchRun.of(context, RunKind.EXTRACT, RetryPolicy.NEVER)
          .runAndTell(name(), List.of(BatchSteps.extract(context)), Duration.ZERO);
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
