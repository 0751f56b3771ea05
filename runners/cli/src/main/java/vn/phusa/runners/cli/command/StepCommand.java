package vn.phusa.runners.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.LoadOptions;
import vn.phusa.options.PhusaOptions;
import vn.phusa.options.WarehouseOptions;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseRights;
import vn.phusa.runners.cli.Command;
import vn.phusa.runners.cli.CommandContext;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.preflight.Needs;
import vn.phusa.runners.jobs.preflight.Service;
import vn.phusa.runners.jobs.run.RunKind;
import vn.phusa.runners.jobs.run.Step;
import vn.phusa.runners.jobs.run.StepRetry;

/** A command that is one step of the batch job: done once, with a report whether it worked. */
public final class StepCommand implements Command {
  private final String name;
  private final String summary;
  private final List<Class<? extends PipelineOptions>> options;
  private final Needs needs;
  private final WarehouseRights rights;
  private final Function<CommandContext, Supplier<Step>> step;

  /**
   * @param step reads the options before anything is started; asked once the services are there
   */
  private StepCommand(
      String name,
      String summary,
      List<Class<? extends PipelineOptions>> options,
      Needs needs,
      WarehouseRights rights,
      Function<CommandContext, Supplier<Step>> step) {
    this.name = name;
    this.summary = summary;
    this.options = options;
    this.needs = needs;
    this.rights = rights;
    this.step = step;
  }

  /** {@code load-dimensions}. */
  public static StepCommand loadDimensions() {
    return new StepCommand(
        "load-dimensions",
        "loads customers and products, with their history, into the warehouse",
        List.of(LoadOptions.class),
        BatchSteps.loadNeeds(),
        WarehouseRights.ROWS,
        context -> BatchSteps.of(context)::loadDimensions);
  }

  /** {@code load-facts}. */
  public static StepCommand loadFacts() {
    return new StepCommand(
        "load-facts",
        "loads orders and transactions into the warehouse",
        List.of(LoadOptions.class),
        BatchSteps.loadNeeds(),
        WarehouseRights.ROWS,
        context -> BatchSteps.of(context)::loadFacts);
  }

  /** {@code rederive}. */
  public static StepCommand rederive() {
    return new StepCommand(
        "rederive",
        "makes anew what the rules made of what is in the warehouse",
        List.of(PhusaOptions.class, WarehouseOptions.class),
        Needs.allOf(Service.WAREHOUSE),
        WarehouseRights.ROWS,
        BatchSteps::rederivation);
  }

  /** {@code refresh-marts}. */
  public static StepCommand refreshMarts() {
    return new StepCommand(
        "refresh-marts",
        "refreshes the marts from the warehouse's tables",
        List.of(PhusaOptions.class, WarehouseOptions.class),
        Needs.allOf(Service.WAREHOUSE),
        WarehouseRights.MARTS,
        context -> () -> BatchSteps.refreshMarts(context));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String summary() {
    return summary;
  }

  @Override
  public List<Class<? extends PipelineOptions>> options() {
    return options;
  }

  @Override
  public ExitCode run(CommandContext context) throws Exception {
    Supplier<Step> asked = step.apply(context);
    context.require(needs);
    BatchRun.of(context, RunKind.BATCH, StepRetry.NEVER, rights)
        .runAndReport(name, List.of(asked.get()), Duration.ZERO);
    return ExitCode.DONE;
  }
}
