package vn.phusa.runners.cli.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.ExtractionOptions;
import vn.phusa.options.LoadOptions;
import vn.phusa.options.PhusaOptions;
import vn.phusa.options.RetryOptions;
import vn.phusa.options.SampleOptions;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseRights;
import vn.phusa.runners.cli.Command;
import vn.phusa.runners.cli.CommandContext;
import vn.phusa.runners.cli.command.BatchRun;
import vn.phusa.runners.cli.command.BatchSteps;
import vn.phusa.runners.cli.command.Extraction;
import vn.phusa.runners.cli.console.TextTable;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.preflight.SampleData;
import vn.phusa.runners.jobs.preflight.SampleSize;
import vn.phusa.runners.jobs.preflight.Service;
import vn.phusa.runners.jobs.run.RunKind;
import vn.phusa.runners.jobs.run.StepRetry;
import vn.phusa.runners.jobs.warehouse.WarehousePort.Headline;
import vn.phusa.transforms.rules.Rules;

/** {@code demo}: everything at once on this machine, with a sample shop. */
public final class DemoCommand implements Command {
  private static final Logger LOG = LoggerFactory.getLogger(DemoCommand.class);

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String summary() {
    return "starts the embedded services, a sample shop and simulated marketplaces, loads them into"
        + " a warehouse, and streams the shop's events";
  }

  @Override
  public List<Class<? extends PipelineOptions>> options() {
    return List.of(
        LoadOptions.class, ExtractionOptions.class, RetryOptions.class, SampleOptions.class);
  }

  @Override
  public ExitCode run(CommandContext context) throws Exception {
    BatchSteps steps = BatchSteps.of(context);
    Extraction extraction = Extraction.of(context);
    extraction.check();
    StepRetry retry = StepRetry.of(context.options(RetryOptions.class));
    SampleSize size = SampleSize.of(context.options(SampleOptions.class));
    if (!context.isGiven("embedded")) {
      context.options(PhusaOptions.class).setEmbedded(true);
    }
    boolean oltpIsGiven = context.isGiven(Service.OLTP.option());
    Set<Service> needed =
        EnumSet.of(Service.OLTP, Service.WAREHOUSE, Service.STAGING, Service.MARKETPLACES);
    // Events are the sample shop's: where the shop is someone's own, there are none.
    boolean streams = size.events() > 0 && !oltpIsGiven;
    if (streams) {
      needed.addAll(List.of(Service.KAFKA, Service.REDIS));
    }
    context.require(needed.toArray(new Service[0]));
    extraction.check();
    fill(context, size, oltpIsGiven);
    Rules rules = rules(context);
    context.warehouse().migrate(rules);
    BatchRun.of(context, RunKind.BATCH, retry, WarehouseRights.ROWS, WarehouseRights.MARTS)
        .runAndReport(name(), steps.all(extraction), Duration.ZERO);
    headlines(context);
    if (streams) {
      DemoStream.run(context, size);
    }
    connections(context);
    return ExitCode.DONE;
  }

  /** Sources that someone gave are loaded as everywhere; for our own there are rules of our own. */
  private static Rules rules(CommandContext context) {
    PhusaOptions options = context.options(PhusaOptions.class);
    boolean isSample =
        Stream.of(Service.OLTP, Service.MARKETPLACES).noneMatch(s -> context.isGiven(s.option()));
    if (options.getRules() == null && isSample) {
      options.setRules(DemoRules.write(Path.of(options.getHome())).toString());
    }
    return context.rules();
  }

  /** A shop that someone gave is theirs: nothing is ever written into it, be it empty. */
  private static void fill(CommandContext context, SampleSize size, boolean isGiven)
      throws SQLException {
    if (isGiven) {
      LOG.info("the shop of --oltpUrl is read as it is");
      return;
    }
    SampleData sample = context.backend().sample();
    DatabaseAddress oltp = context.services().oltp().orElseThrow();
    if (sample.isThere(oltp)) {
      LOG.info("{}", sample.passADay(oltp, size));
    } else {
      LOG.info("filling the sample shop...");
      LOG.info("{}", sample.fill(oltp, size));
    }
  }

  private static void headlines(CommandContext context) throws SQLException {
    TextTable table = new TextTable("", "");
    for (Headline headline : context.warehouse().headlines()) {
      table.row(headline.label(), headline.value());
    }
    context.console().out().print("\nThe marts say" + table.render());
  }

  private static void connections(CommandContext context) throws InterruptedException {
    PrintStream out = context.console().out();
    boolean keep = context.options(SampleOptions.class).isKeepServices();
    if (!context.services().hasStarted()) {
      return;
    }
    out.println(
        keep
            ? "\nLook around from another terminal:"
            : "\nThe services stop now. To look around, start them by ./phusa demo --keepServices and"
                + " connect from another terminal:");
    context.services().connectCommands().forEach(command -> out.println("  " + command));
    if (!keep) {
      return;
    }
    out.println("The services stay up until Ctrl-C.");
    new CountDownLatch(1).await();
  }
}
