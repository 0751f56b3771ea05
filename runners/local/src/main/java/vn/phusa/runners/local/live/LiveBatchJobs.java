package vn.phusa.runners.local.live;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.options.LoadOptions;
import vn.phusa.options.LoadSettings;
import vn.phusa.options.WarehouseOptions;
import vn.phusa.pipelines.LoadDimensions;
import vn.phusa.pipelines.LoadFacts;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.load.PolledLoad;
import vn.phusa.pipelines.load.TableLoad;
import vn.phusa.pipelines.warehouse.Marts;
import vn.phusa.pipelines.warehouse.Retention;
import vn.phusa.pipelines.warehouse.RunId;
import vn.phusa.pipelines.warehouse.RunLog;
import vn.phusa.pipelines.warehouse.RunStatus;
import vn.phusa.pipelines.warehouse.StepCounts;
import vn.phusa.pipelines.warehouse.StepSummary;
import vn.phusa.runners.local.RulesFile;
import vn.phusa.runners.local.backend.BatchJobs;
import vn.phusa.runners.local.console.Progress;
import vn.phusa.runners.local.run.RunContext;
import vn.phusa.runners.local.run.StepResult;

/** The batch jobs of the pipelines. */
final class LiveBatchJobs implements BatchJobs {
  private final Clock clock;

  LiveBatchJobs(Clock clock) {
    this.clock = clock;
  }

  @Override
  public List<StepResult> loadDimensions(LoadOptions options, RunContext context)
      throws SQLException {
    return load(LoadDimensions.tables(), options, context);
  }

  @Override
  public List<StepResult> loadFacts(LoadOptions options, RunContext context) throws SQLException {
    return load(LoadFacts.tables(), options, context);
  }

  @Override
  public List<StepResult> refreshMarts(WarehouseOptions options, RunContext context)
      throws SQLException {
    List<StepResult> results = new ArrayList<>();
    try (Connection connection = Postgres.open(DatabaseAddress.warehouse(options).orElseThrow())) {
      Marts.refresh(
          connection, mart -> results.add(StepResult.withoutRows(mart.mart(), mart.duration())));
    }
    return results;
  }

  private List<StepResult> load(List<TableLoad> tables, LoadOptions options, RunContext context)
      throws SQLException {
    LoadSettings settings = LoadSettings.of(options);
    DatabaseAddress warehouse = DatabaseAddress.warehouse(options).orElseThrow();
    DatabaseAddress source = DatabaseAddress.oltp(options).orElseThrow();
    SourceTables.require(source, tables);
    PolledLoad load =
        new PolledLoad(
            options,
            settings,
            source,
            warehouse,
            RulesFile.read(options.getRules()),
            new RunId(UUID.fromString(context.runId())));
    Map<String, StepCounts> done = done(warehouse, context.runId());
    List<StepResult> results = new ArrayList<>();
    for (TableLoad table : tables) {
      StepCounts before = done.get(table.step());
      results.add(
          before == null ? one(load, table, context) : result(table, before, Duration.ZERO));
    }
    load.settle();
    new Retention(Postgres.dataSource(warehouse), clock).removeOlderThan(settings.retention());
    return results;
  }

  private static StepResult one(PolledLoad load, TableLoad table, RunContext context)
      throws SQLException {
    long start = System.nanoTime();
    StepCounts counts;
    try (Progress progress = context.progress().start(table.step())) {
      counts = load.load(table, progress::rows);
    }
    return result(table, counts, Duration.ofNanos(System.nanoTime() - start));
  }

  /**
   * The tables that an earlier attempt of this run finished. Loading them again would count their
   * dead letters without the rows that these were read with.
   */
  private static Map<String, StepCounts> done(DatabaseAddress warehouse, String runId)
      throws SQLException {
    return new RunLog(Postgres.dataSource(warehouse))
        .lastRuns(WarehouseRunLedger.LOOK_BACK).stream()
            .filter(run -> run.id().toString().equals(runId))
            .flatMap(run -> run.steps().stream())
            .filter(step -> step.status() == RunStatus.SUCCEEDED)
            .collect(Collectors.toMap(StepSummary::step, StepSummary::counts));
  }

  private static StepResult result(TableLoad table, StepCounts counts, Duration took) {
    return new StepResult(
        table.step(),
        counts.read(),
        counts.loaded(),
        counts.rejected(),
        counts.skipped(),
        counts.versionsOpened(),
        counts.versionsClosed(),
        took);
  }
}
