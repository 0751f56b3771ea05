package vn.phusa.runners.cli.command;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.ReplayOptions;
import vn.phusa.options.ReplaySettings;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseRights;
import vn.phusa.runners.cli.Command;
import vn.phusa.runners.cli.CommandContext;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.preflight.Needs;
import vn.phusa.runners.jobs.preflight.Service;
import vn.phusa.runners.jobs.replay.ReplaySetup;
import vn.phusa.runners.jobs.run.BoundedPipelines;
import vn.phusa.runners.jobs.run.RunKind;
import vn.phusa.runners.jobs.run.Step;
import vn.phusa.runners.jobs.run.StepRetry;
import vn.phusa.runners.jobs.warehouse.WarehousePort.InForce;
import vn.phusa.transforms.rules.Rules;

/** {@code replay}: dead letters through the pipeline again, once what rejected them is mended. */
public final class ReplayCommand implements Command {

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String summary() {
    return "sends dead letters through the pipeline again";
  }

  @Override
  public List<Class<? extends PipelineOptions>> options() {
    return List.of(ReplayOptions.class);
  }

  @Override
  public ExitCode run(CommandContext context) throws Exception {
    ReplayOptions options = context.options(ReplayOptions.class);
    ReplaySettings settings = ReplaySettings.of(options);
    Rules given = context.rules();
    context.require(needs(options));
    Rules rules = context.isGiven("rules") ? given : inForce(context).orElse(given);
    ReplaySetup setup =
        new ReplaySetup(
            new BoundedPipelines(options),
            settings,
            rules,
            context.services().warehouse().orElseThrow(),
            context.services().kafka().orElse(null),
            context.services().redis().orElse(null));
    Step step = new Step(name(), run -> context.backend().replays().replay(setup, run));
    BatchRun.of(context, RunKind.REPLAY, StepRetry.NEVER, WarehouseRights.ROWS)
        .runAndReport(name(), List.of(step), Duration.ZERO);
    return ExitCode.DONE;
  }

  /** Sending dead letters again is no reason to take other rules than the warehouse has. */
  private static Optional<Rules> inForce(CommandContext context) throws SQLException {
    return context.warehouse().rulesInForce().map(InForce::rules);
  }

  /**
   * Dead letters of polled tables need no Kafka and no Redis; embedded ones cost nothing to have.
   */
  private static Needs needs(ReplayOptions options) {
    return options.isEmbedded()
        ? Needs.allOf(Service.WAREHOUSE, Service.KAFKA, Service.REDIS)
        : Needs.allOf(Service.WAREHOUSE).besides(Service.KAFKA, Service.REDIS);
  }
}
