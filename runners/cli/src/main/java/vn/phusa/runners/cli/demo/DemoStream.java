package vn.phusa.runners.cli.demo;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.beam.runners.flink.FlinkRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.StreamOptions;
import vn.phusa.options.StreamSettings;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.runners.cli.CommandContext;
import vn.phusa.runners.cli.console.StepTable;
import vn.phusa.runners.cli.console.TextTable;
import vn.phusa.runners.cli.console.WindowChart;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.jobs.preflight.SampleSize;
import vn.phusa.runners.jobs.result.StepResult;
import vn.phusa.runners.jobs.run.LocalTimeText;
import vn.phusa.runners.jobs.run.RunKind;
import vn.phusa.runners.jobs.run.StreamRunner;
import vn.phusa.runners.jobs.runner.RunnerProfile;
import vn.phusa.runners.jobs.stream.StreamJobs;
import vn.phusa.runners.jobs.stream.StreamSetup;
import vn.phusa.runners.jobs.stream.StreamView;
import vn.phusa.runners.jobs.stream.StreamView.Window;
import vn.phusa.runners.jobs.warehouse.WarehouseStatus;

/**
 * The demonstration's last part: the sample shop's events through Kafka, and the five-minute
 * windows that they fill, until all of them are where they belong.
 */
final class DemoStream {
  private static final Logger LOG = LoggerFactory.getLogger(DemoStream.class);

  private static final String TOPICS = "sales_events,customer_events,inventory_events";
  private static final String A_SECOND = "PT1S";
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  /** Far more than the latest of the sample's events is late. */
  private static final Duration SHOWN = Duration.ofHours(1);

  /** How long nothing may change before it is given up. */
  private static final Duration TIMEOUT = Deadline.scaled(Duration.ofMinutes(2));

  private static final int WINDOW_LINES = 12;
  private static final int LAST_RUNS = 20;

  private final CommandContext context;
  private final SampleSize sample;
  private final StreamOptions options;
  private final StreamJobs streams;

  private DemoStream(CommandContext context, SampleSize sample) {
    this.context = context;
    this.sample = sample;
    this.options = context.options(StreamOptions.class);
    this.streams = context.backend().streams();
  }

  /** Streams what the services of the context were started for, and reports what became of it. */
  static void run(CommandContext context, SampleSize sample) throws Exception {
    new DemoStream(context, sample).run();
  }

  private void run() throws Exception {
    StreamSetup setup = setup(settings());
    try (StreamView view = streams.view(setup);
        Polls polls = new Polls(view, setup.kafka())) {
      LOG.info(
          "streaming {} events of the shop; the five-minute windows of their sales in Redis, +07:00:",
          String.format(Locale.ROOT, "%,d", sample.events()));
      RunId runId =
          new StreamRunner(context.ledger(RunKind.STREAM), POLL_INTERVAL)
              .until(polls::isEnough)
              .run("stream", context.given(), options, streams.job(setup));
      streams.finish(setup);
      report(runId, view.windows(polls.earliest));
    }
  }

  /**
   * What a person who watches wants to see soon. Flink, since the DirectRunner reads so slowly that
   * it would fall behind.
   */
  private StreamSettings settings() {
    Set<String> given = context.given().keySet();
    if (!given.contains("runner")) {
      options.setRunner(FlinkRunner.class);
      RunnerProfile.of(options).setDefaults(given, Runtime.getRuntime().availableProcessors());
    }
    options.setTopics(TOPICS);
    options.setStartPosition("earliest");
    options.setWarehouseFlush(A_SECOND);
    options.setWindowFlush(A_SECOND);
    StreamSettings settings = StreamSettings.of(options);
    RunnerProfile.of(options)
        .setStreamDefaults(given, settings.warehouseFlush(), settings.endsNow());
    RunnerProfile.of(options).showAtOnce(given);
    return settings;
  }

  private StreamSetup setup(StreamSettings settings) {
    return new StreamSetup(
        settings,
        context.rules(),
        context.services().kafka().orElseThrow(),
        context.services().warehouse().orElseThrow(),
        context.services().redis().orElseThrow());
  }

  private void report(RunId runId, List<Window> windows) throws Exception {
    PrintStream out = context.console().out();
    List<StepResult> results =
        context.warehouse().status(LAST_RUNS).runs().stream()
            .filter(run -> run.id().equals(runId))
            .flatMap(run -> run.steps().stream())
            .map(WarehouseStatus.RunStep::result)
            .toList();
    out.print("\nWhat became of the events\n" + StepTable.render(results));
    out.print("\nThe newest windows in Redis, +07:00\n" + newest(windows));
    out.println(
        String.format(
            Locale.ROOT,
            "  in all %,d lines of %,d windows, as in the warehouse's view sales_window",
            windows.size(),
            windows.stream().map(Window::start).distinct().count()));
  }

  private static String newest(List<Window> windows) {
    TextTable table = new TextTable("window", "platform", "region", "orders", "revenue, VND");
    windows.stream()
        .sorted(Comparator.comparing(Window::start).thenComparing(Window::revenueVnd).reversed())
        .limit(WINDOW_LINES)
        .forEach(
            window ->
                table.row(
                    LocalTimeText.window(window.start()),
                    window.platform(),
                    window.region(),
                    String.format(Locale.ROOT, "%,d", window.orders()),
                    String.format(Locale.ROOT, "%,d", window.revenueVnd().toBigInteger())));
    return table.render();
  }

  /** Sends the events once the stream runs, and polls what becomes of them. */
  private final class Polls implements AutoCloseable {
    private final StreamView view;
    private final KafkaAddress kafka;
    private final Clock clock = context.clock();

    /** Of whole seconds, as Redis knows windows by. */
    private final Instant earliest = clock.instant().minus(SHOWN).truncatedTo(ChronoUnit.SECONDS);

    private final ExecutorService sender = Executors.newSingleThreadExecutor();
    private final WindowChart board = new WindowChart(context.console(), clock, sample.events());
    private final long sentBefore;
    private StreamView.Progress last;
    private Instant changed;

    /** Null before the first poll. */
    private Future<?> sending;

    Polls(StreamView view, KafkaAddress kafka) {
      this.view = view;
      this.kafka = kafka;
      this.last = view.progress();
      this.sentBefore = last.sent();
    }

    boolean isEnough() throws Exception {
      if (sending == null) {
        changed = clock.instant();
        sending = sender.submit(this::send);
      }
      boolean allSent = isSent();
      StreamView.Progress now = view.progress();
      List<Window> windows = view.windows(earliest);
      board.show(now.sent() - sentBefore, now.left(), windows);
      if (!now.equals(last)) {
        last = now;
        changed = clock.instant();
      } else if (Duration.between(changed, clock.instant()).compareTo(TIMEOUT) > 0) {
        throw new StandstillException(
            String.format(Locale.ROOT, "nothing moves any more: %,d events are left", now.left()));
      }
      return allSent
          && now.left() == 0
          && Set.copyOf(windows).equals(Set.copyOf(view.windowsOfWarehouse(earliest)));
    }

    private void send() {
      context.backend().sample().sendEvents(kafka, sample);
    }

    private boolean isSent() throws Exception {
      if (!sending.isDone()) {
        return false;
      }
      try {
        sending.get();
        return true;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }

    @Override
    public void close() throws InterruptedException {
      sender.shutdownNow();
      if (!sender.awaitTermination(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("the sender of events does not end");
      }
    }
  }

  /** The stream runs, and does nothing. */
  private static final class StandstillException extends Exception {
    private static final long serialVersionUID = 1L;

    StandstillException(String line) {
      super(line);
    }
  }
}
