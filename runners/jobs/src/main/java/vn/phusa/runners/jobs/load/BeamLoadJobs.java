package vn.phusa.runners.jobs.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.MongoAddress;
import vn.phusa.pipelines.LoadDimensions;
import vn.phusa.pipelines.LoadFacts;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.postgres.SqlFailure;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.waiting.StopRequest;
import vn.phusa.pipelines.io.warehouse.deadletter.ResolvedDeadLetters;
import vn.phusa.pipelines.io.warehouse.dimension.Rekeying;
import vn.phusa.pipelines.io.warehouse.ledger.Retention;
import vn.phusa.pipelines.io.warehouse.schema.Marts;
import vn.phusa.pipelines.load.StagedTable;
import vn.phusa.pipelines.load.TableLoad;
import vn.phusa.runners.jobs.failure.UsageException;
import vn.phusa.runners.jobs.result.PartsDone;
import vn.phusa.runners.jobs.result.StepResult;
import vn.phusa.runners.jobs.run.Progress;
import vn.phusa.runners.jobs.run.RunContext;
import vn.phusa.transforms.mapping.Mappings;
import vn.phusa.transforms.rules.Rules;

/** The batch jobs of the pipelines. */
public final class BeamLoadJobs implements LoadJobs {
  private static final Logger LOG = LoggerFactory.getLogger(BeamLoadJobs.class);

  private final Clock clock;

  public BeamLoadJobs(Clock clock) {
    this.clock = clock;
  }

  @Override
  public List<StepResult> loadDimensions(LoadSetup setup, RunContext context) throws SQLException {
    return load(LoadDimensions.tables(), LoadDimensions::staged, setup, context);
  }

  @Override
  public List<StepResult> loadFacts(LoadSetup setup, RunContext context) throws SQLException {
    return load(LoadFacts.tables(), LoadFacts::staged, setup, context);
  }

  @Override
  public List<StepResult> rederive(
      @Nullable Rules rules, DatabaseAddress warehouse, RunContext context) throws SQLException {
    return Rederivation.run(rules, warehouse, context);
  }

  @Override
  public List<StepResult> refreshMarts(DatabaseAddress warehouse, RunContext context)
      throws SQLException {
    List<StepResult> results = new ArrayList<>();
    try (Connection connection = Postgres.open(warehouse)) {
      Marts.refresh(
          connection, mart -> results.add(StepResult.withoutRows(mart.mart(), mart.duration())));
    }
    return results;
  }

  /** A load as the command sees it: named steps, done at one go. */
  private record Load(List<String> steps, Work work) {
    interface Work {
      List<RowCounts> run(LongConsumer rowsSoFar) throws SQLException;
    }
  }

  private List<StepResult> load(
      List<TableLoad> tables,
      Function<Mappings, List<StagedTable>> staged,
      LoadSetup setup,
      RunContext context)
      throws SQLException {
    setup.inUse().putIntoForce(setup.warehouse());
    PartsDone done = context.done();
    List<Load> loads = new ArrayList<>();
    if (setup.oltp() != null) {
      loads.addAll(polled(tables, setup, setup.oltp(), context));
    }
    if (setup.staging() != null) {
      loads.addAll(staged(staged, setup, setup.staging(), context));
    } else if (loads.isEmpty()) {
      throw new UsageException("give --oltpUrl or --stagingUri, or both");
    }
    List<StepResult> results = new ArrayList<>();
    try {
      for (Load load : loads) {
        if (!done.names().containsAll(load.steps())) {
          one(load, context).forEach(done::add);
        }
        results.addAll(done.results(load.steps()));
      }
    } catch (SQLException | RuntimeException e) {
      rekey(setup.warehouse(), e);
      throw e;
    }
    Rekeying.rekey(setup.warehouse());
    ResolvedDeadLetters.settle(setup.warehouse());
    Retention retention = new Retention(Postgres.dataSource(setup.warehouse()), clock);
    Retention.attempt(
        () -> retention.removeOlderThan(setup.settings().retention(), context.runId()));
    return results;
  }

  /** What was loaded before the failure has moved versions, and facts refer to them. */
  private static void rekey(DatabaseAddress warehouse, Exception failure) {
    boolean isAway =
        ExceptionUtils.getThrowableList(failure).stream()
            .anyMatch(e -> e instanceof SQLException s && SqlFailure.of(s) == SqlFailure.TRANSIENT);
    if (isAway || StopRequest.explains(failure)) {
      return;
    }
    try {
      Rekeying.rekey(warehouse);
    } catch (SQLException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private static List<Load> polled(
      List<TableLoad> tables, LoadSetup setup, DatabaseAddress source, RunContext context)
      throws SQLException {
    SourceTables.require(source, tables, setup.settings().oltpTimeZone());
    PolledLoad load =
        new PolledLoad(
            setup.pipelines(),
            setup.settings(),
            source,
            setup.warehouse(),
            setup.rules(),
            context.runId(),
            context.lease()::verify);
    return tables.stream()
        .map(table -> new Load(List.of(table.step()), rows -> List.of(load.load(table, rows))))
        .toList();
  }

  private List<Load> staged(
      Function<Mappings, List<StagedTable>> tables,
      LoadSetup setup,
      MongoAddress staging,
      RunContext context)
      throws SQLException {
    Mappings mappings = setup.mappings();
    StagedLoad load =
        new StagedLoad(
            setup.pipelines(),
            setup.settings(),
            staging,
            setup.warehouse(),
            setup.rules(),
            context.runId(),
            clock,
            context.lease()::verify);
    List<StagedTable> found =
        StagingCheck.usable(staging, () -> load.staged(tables.apply(mappings), mappings.names()));
    found.forEach(table -> warnOfUncounted(table, setup.rules()));
    return found.stream()
        .map(
            table ->
                new Load(
                    table.steps(),
                    rows -> StagingCheck.usable(staging, () -> load.load(table, rows))))
        .toList();
  }

  /** Whoever extracts a marketplace's orders expects them in the marts. */
  private static void warnOfUncounted(StagedTable table, Rules rules) {
    String source = table.kind().source();
    if (table.lines() != null && !rules.orderAuthorities().believeAnythingOf(source)) {
      LOG.warn(
          "orders of {} are loaded but do not count in the marts: the rules' orderAuthorities believe"
              + " other sources",
          source);
    }
  }

  private static List<StepResult> one(Load load, RunContext context) throws SQLException {
    long start = System.nanoTime();
    List<RowCounts> counts;
    try (Progress progress = context.progress().start(load.steps().get(0))) {
      counts = load.work().run(progress::rows);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    List<StepResult> results = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      results.add(new StepResult(load.steps().get(i), counts.get(i), took));
    }
    return results;
  }
}
