package vn.phusa.runners.cli.command;

import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.PhusaOptions;
import vn.phusa.options.WarehouseOptions;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseRights;
import vn.phusa.runners.cli.Command;
import vn.phusa.runners.cli.CommandContext;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.preflight.Service;
import vn.phusa.runners.jobs.warehouse.WarehousePort;

/** {@code status}: how the warehouse stands. */
public final class StatusCommand implements Command {
  private static final int LAST_RUNS = 5;

  @Override
  public String name() {
    return "status";
  }

  @Override
  public String summary() {
    return "shows the last runs, their steps, watermarks and the dead letters that wait";
  }

  @Override
  public List<Class<? extends PipelineOptions>> options() {
    return List.of(PhusaOptions.class, WarehouseOptions.class);
  }

  @Override
  public ExitCode run(CommandContext context) throws Exception {
    context.require(Service.WAREHOUSE);
    WarehousePort warehouse = context.warehouse();
    warehouse.require(Set.of(WarehouseRights.STATUS));
    context.console().out().print(StatusText.render(warehouse.status(LAST_RUNS)));
    return ExitCode.DONE;
  }
}
