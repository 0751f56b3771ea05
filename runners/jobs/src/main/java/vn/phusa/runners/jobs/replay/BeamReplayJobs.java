package vn.phusa.runners.jobs.replay;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.ReplaySettings;
import vn.phusa.pipelines.ReplayDeadLetters;
import vn.phusa.pipelines.deadletter.KeepDeadLetters;
import vn.phusa.pipelines.flow.FlowContext;
import vn.phusa.pipelines.flow.Route;
import vn.phusa.pipelines.flow.SalesFlow;
import vn.phusa.pipelines.io.kafka.TopicCheck;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.warehouse.deadletter.DeadLetterStore;
import vn.phusa.pipelines.io.warehouse.deadletter.DeadLetterStore.Headline;
import vn.phusa.pipelines.io.warehouse.deadletter.DeadLetterStore.Selection;
import vn.phusa.pipelines.io.warehouse.deadletter.DeadLetterStore.Waiting;
import vn.phusa.pipelines.io.warehouse.dimension.Rekeying;
import vn.phusa.runners.jobs.failure.UsageException;
import vn.phusa.runners.jobs.load.RulesInUse;
import vn.phusa.runners.jobs.result.StepResult;
import vn.phusa.runners.jobs.run.BoundedPipelines;
import vn.phusa.runners.jobs.run.Progress;
import vn.phusa.runners.jobs.run.RunContext;
import vn.phusa.runners.jobs.stream.BeamStreamJobs;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.windows.DebounceWindows;

/** Replays in waves of bounded pipelines. */
public final class BeamReplayJobs implements ReplayJobs {
  private static final Logger LOG = LoggerFactory.getLogger(BeamReplayJobs.class);

  /** Few enough for the memory of a pipeline that holds them all. */
  private static final int WAVE = 2_000;

  private static final int MAX_TOLD = 10;

  @Override
  public List<StepResult> replay(ReplaySetup setup, RunContext context) throws SQLException {
    ReplaySettings settings = setup.settings();
    FlowContext to = flowContext(setup, context);
    RulesInUse rules = new RulesInUse(setup.rules());
    DeadLetterStore deadLetters = new DeadLetterStore(Postgres.dataSource(to.warehouse()));
    Selection selected =
        new Selection(settings.stage(), settings.reason(), settings.from(), settings.to());
    Tally tally = new Tally();
    try (Progress progress = context.progress().start(context.step())) {
      String last = null;
      long sent = 0;
      List<Headline> wave;
      while (!(wave = deadLetters.headlines(selected, last, WAVE)).isEmpty()) {
        last = wave.get(wave.size() - 1).id();
        context.lease().verify();
        rules.putIntoForce(setup.warehouse());
        send(setup.pipelines(), to, deadLetters, wave, tally);
        sent += wave.size();
        progress.rows(sent);
      }
    }
    Rekeying.rekey(to.warehouse());
    if (tally.isEmpty()) {
      LOG.warn("No dead letter that waits was selected{}", whatWaits(deadLetters));
    }
    return tally.results();
  }

  /** So that a name that was misspelt is seen. */
  private static String whatWaits(DeadLetterStore deadLetters) throws SQLException {
    List<Waiting> waiting = deadLetters.waiting();
    return waiting.isEmpty()
        ? "; none waits at all"
        : waiting.stream()
            .limit(MAX_TOLD)
            .map(
                some ->
                    String.format(
                        Locale.ROOT, "%,d of %s (%s)", some.count(), some.stage(), some.reason()))
            .collect(Collectors.joining(", ", "; waiting are ", ""));
  }

  private static void send(
      BoundedPipelines pipelines,
      FlowContext to,
      DeadLetterStore deadLetters,
      List<Headline> wave,
      Tally tally)
      throws SQLException {
    Map<Route, List<String>> ways = new EnumMap<>(Route.class);
    Map<String, Stage> stages = new HashMap<>();
    for (Headline deadLetter : wave) {
      Route route = Route.ofDeadLetter(deadLetter.stage(), deadLetter.position()).orElse(null);
      if (route == null) {
        tally.left(deadLetter.stage());
      } else {
        requireServices(to, route);
        ways.computeIfAbsent(route, none -> new ArrayList<>()).add(deadLetter.id());
        stages.put(deadLetter.id(), deadLetter.stage());
      }
    }
    if (stages.isEmpty()) {
      return;
    }
    deadLetters.begin(stages.keySet());
    pipelines.run(to.runId(), pipeline -> ReplayDeadLetters.build(pipeline, to, ways));
    deadLetters.end(stages.keySet());
    Set<String> again = deadLetters.waitingAgain(stages.keySet());
    stages.forEach((id, stage) -> tally.sent(stage, again.contains(id)));
  }

  private static void requireServices(FlowContext to, Route route) {
    if (!route.isOfTopic()) {
      return;
    }
    if (to.kafka() == null || (route == Route.SALES_EVENTS && to.redis() == null)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "dead letters of the topic %s are among them: give --kafkaBootstrapServers%s",
              route.topic(),
              route == Route.SALES_EVENTS ? " and --redisUri" : ""));
    }
  }

  private static FlowContext flowContext(ReplaySetup setup, RunContext context) {
    if (setup.kafka() != null) {
      TopicCheck.require(
          setup.kafka(),
          List.of(KeepDeadLetters.DEAD_LETTERS, SalesFlow.SALES_PROCESSED),
          BeamStreamJobs::missing);
    }
    return new FlowContext(
        setup.kafka(),
        setup.warehouse(),
        setup.redis(),
        setup.rules(),
        context.runId(),
        setup.settings().allowedLateness(),
        DebounceWindows.DEFAULT_DELAY,
        setup.settings().windowTimeToLive(),
        true,
        // Whoever sends on what was refused for it wants it.
        null);
  }

  /** Outcome of the dead letters of each stage. */
  private static final class Tally {
    private static final RowCounts LOADED = new RowCounts(1, 1, 0, 0, 0, 0);
    private static final RowCounts REJECTED = new RowCounts(1, 0, 1, 0, 0, 0);
    private static final RowCounts SKIPPED = new RowCounts(1, 0, 0, 1, 0, 0);

    private final long start = System.nanoTime();
    private final Map<String, RowCounts> byStage = new TreeMap<>();

    boolean isEmpty() {
      return byStage.isEmpty();
    }

    void left(Stage stage) {
      add(stage, SKIPPED);
    }

    void sent(Stage stage, boolean again) {
      add(stage, again ? REJECTED : LOADED);
    }

    private void add(Stage stage, RowCounts one) {
      byStage.merge(stage.text(), one, RowCounts::plus);
    }

    List<StepResult> results() {
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return byStage.entrySet().stream()
          .map(stage -> new StepResult(stage.getKey(), stage.getValue(), took))
          .toList();
    }
  }
}
