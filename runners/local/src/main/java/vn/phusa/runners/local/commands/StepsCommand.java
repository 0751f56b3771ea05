package vn.phusa.runners.local.commands;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.LoadOptions;
import vn.phusa.options.PhusaOptions;
import vn.phusa.options.WarehouseOptions;
import vn.phusa.runners.local.Command;
import vn.phusa.runners.local.CommandContext;
import vn.phusa.runners.local.ExitCode;
import vn.phusa.runners.local.Service;
import vn.phusa.runners.local.run.RetryPolicy;
import vn.phusa.runners.local.run.Step;

/** A command that is one step of the batch job: done once, and told whether it worked. */
public final class StepsCommand implements Command {
  private final String name;
  private final String summary;
  private final List<Class<? extends PipelineOptions>> options;
  private final List<Service> services;
  private final Function<CommandContext, Step> step;

  private StepsCommand(
      String name,
      String summary,
      List<Class<? extends PipelineOptions>> options,
      List<Service> services,
      Function<CommandContext, Step> step) {
    this.name = name;
    this.summary = summary;
    this.options = options;
    this.services = services;
    this.step = step;
  }

  /** {@code load-dimensions}. */
  public static StepsCommand loadDimensions() {
    return new StepsCommand(
        "load-dimensions",
        "loads customers and products, with their history, into the warehouse",
        List.of(LoadOptions.class),
        List.of(Service.OLTP, Service.WAREHOUSE),
        BatchSteps::loadDimensions);
  }

  /** {@code load-facts}. */
  public static StepsCommand loadFacts() {
    return new StepsCommand(
        "load-facts",
        "loads orders and transactions into the warehouse",
        List.of(LoadOptions.class),
        List.of(Service.OLTP, Service.WAREHOUSE),
        BatchSteps::loadFacts);
  }

  /** {@code refresh-marts}. */
  public static StepsCommand refreshMarts() {
    return new StepsCommand(
        "refresh-marts",
        "refreshes the marts from the warehouse's tables",
        List.of(PhusaOptions.class, WarehouseOptions.class),
        List.of(Service.WAREHOUSE),
        BatchSteps::refreshMarts);
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
    List<Step> steps = List.of(step.apply(context));
    context.require(services.toArray(new Service[0]));
    BatchRun.of(context, RetryPolicy.NEVER).runAndTell(name, steps, Duration.ZERO);
    return ExitCode.DONE;
  }
}
