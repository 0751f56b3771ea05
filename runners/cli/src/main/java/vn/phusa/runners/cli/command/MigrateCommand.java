package vn.phusa.runners.cli.command;

import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.MigrateOptions;
import vn.phusa.options.PhusaOptions;
import vn.phusa.options.WarehouseOptions;
import vn.phusa.options.address.SchemaName;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseRoles;
import vn.phusa.runners.cli.Command;
import vn.phusa.runners.cli.CommandContext;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.preflight.Service;
import vn.phusa.runners.jobs.warehouse.WarehousePort;
import vn.phusa.runners.jobs.warehouse.WarehousePort.InForce;
import vn.phusa.transforms.rules.Rules;

/** {@code migrate}: the warehouse's schema, and the roles that share it. */
public final class MigrateCommand implements Command {

  @Override
  public String name() {
    return "migrate";
  }

  @Override
  public String summary() {
    return "creates or upgrades the warehouse's schema";
  }

  @Override
  public List<Class<? extends PipelineOptions>> options() {
    return List.of(PhusaOptions.class, WarehouseOptions.class, MigrateOptions.class);
  }

  @Override
  public ExitCode run(CommandContext context) throws Exception {
    if (context.options(MigrateOptions.class).isRoles()) {
      SchemaName schema =
          new SchemaName(context.options(WarehouseOptions.class).getWarehouseSchema());
      context.console().out().print(WarehouseRoles.sql(schema));
      return ExitCode.DONE;
    }
    Rules rules = context.rules();
    context.require(Service.WAREHOUSE);
    WarehousePort warehouse = context.warehouse();
    Optional<InForce> inForce =
        context.isGiven("rules") ? Optional.empty() : warehouse.rulesInForce();
    String done = warehouse.migrate(inForce.map(InForce::rules).orElse(rules));
    context.console().out().println("the warehouse's schema " + done);
    inForce
        .filter(kept -> !kept.rules().equals(rules))
        .ifPresent(
            kept ->
                context
                    .console()
                    .out()
                    .println(
                        "the rules in force stay, number "
                            + kept.number()
                            + " of etl_rules: --rules gives others"));
    return ExitCode.DONE;
  }
}
