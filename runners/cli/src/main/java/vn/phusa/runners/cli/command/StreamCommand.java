package vn.phusa.runners.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.StreamOptions;
import vn.phusa.options.StreamSettings;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseRights;
import vn.phusa.runners.cli.Command;
import vn.phusa.runners.cli.CommandContext;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.preflight.Service;
import vn.phusa.runners.jobs.run.RunKind;
import vn.phusa.runners.jobs.run.StreamRunner;
import vn.phusa.runners.jobs.runner.RunnerProfile;
import vn.phusa.runners.jobs.stream.StreamJobs;
import vn.phusa.runners.jobs.stream.StreamSetup;
import vn.phusa.transforms.rules.Rules;

/** {@code stream}: the event topics into the warehouse, Kafka and Redis. */
public final class StreamCommand implements Command {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);
  private static final Set<WarehouseRights> RIGHTS =
      Set.of(WarehouseRights.LEDGER, WarehouseRights.ROWS);

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public String summary() {
    return "keeps warehouse and Redis up to date with the Kafka topics";
  }

  @Override
  public List<Class<? extends PipelineOptions>> options() {
    return List.of(StreamOptions.class);
  }

  @Override
  public ExitCode run(CommandContext context) throws Exception {
    StreamOptions options = context.options(StreamOptions.class);
    StreamJobs streams = context.backend().streams();
    StreamSettings settings = StreamSettings.of(options);
    streams.check(settings);
    Rules rules = context.rules();
    context.require(Service.WAREHOUSE, Service.KAFKA, Service.REDIS);
    StreamSetup setup =
        new StreamSetup(
            settings,
            rules,
            context.services().kafka().orElseThrow(),
            context.services().warehouse().orElseThrow(),
            context.services().redis().orElseThrow());
    streams.requireTopics(setup);
    context.warehouse().require(RIGHTS);
    RunnerProfile.of(options)
        .setStreamDefaults(context.given().keySet(), settings.warehouseFlush(), settings.endsNow());
    new StreamRunner(context.ledger(RunKind.STREAM), A_MINUTE)
        .run(name(), context.given(), options, streams.job(setup));
    streams.finish(setup);
    return ExitCode.DONE;
  }
}
