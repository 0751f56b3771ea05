package vn.phusa.runners.local.commands;

import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.PhusaOptions;
import vn.phusa.options.WarehouseOptions;
import vn.phusa.pipelines.warehouse.WarehouseRights;
import vn.phusa.runners.local.Command;
import vn.phusa.runners.local.CommandContext;
import vn.phusa.runners.local.ExitCode;
import vn.phusa.runners.local.backend.Warehouse;
import vn.phusa.runners.local.service.Service;

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
    Warehouse warehouse = context.warehouse();
    warehouse.require(Set.of(WarehouseRights.STATUS));
    context.console().out().print(StatusText.render(warehouse.status(LAST_RUNS)));
    return ExitCode.DONE;
  }
}
