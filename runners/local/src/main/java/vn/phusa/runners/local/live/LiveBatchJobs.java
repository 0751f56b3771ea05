package vn.phusa.runners.local.live;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
import vn.phusa.pipelines.warehouse.RunId;
import vn.phusa.pipelines.warehouse.StepCounts;
import vn.phusa.runners.local.RulesFile;
import vn.phusa.runners.local.backend.BatchJobs;
import vn.phusa.runners.local.console.Progress;
import vn.phusa.runners.local.run.RunContext;
import vn.phusa.runners.local.run.StepResult;

/** The batch jobs of the pipelines. */
final class LiveBatchJobs implements BatchJobs {

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

  private static List<StepResult> load(
      List<TableLoad> tables, LoadOptions options, RunContext context) throws SQLException {
    DatabaseAddress source = DatabaseAddress.oltp(options).orElseThrow();
    SourceTables.require(source, tables);
    PolledLoad load =
        new PolledLoad(
            options,
            LoadSettings.of(options),
            source,
            DatabaseAddress.warehouse(options).orElseThrow(),
            RulesFile.read(options.getRules()),
            new RunId(UUID.fromString(context.runId())));
    List<StepResult> results = new ArrayList<>();
    for (TableLoad table : tables) {
      results.add(one(load, table, context));
    }
    load.settle();
    return results;
  }

  private static StepResult one(PolledLoad load, TableLoad table, RunContext context)
      throws SQLException {
    long start = System.nanoTime();
    StepCounts counts;
    try (Progress progress = context.progress().start(table.step())) {
      counts = load.load(table, progress::rows);
    }
    return new StepResult(
        table.step(),
        counts.read(),
        counts.loaded(),
        counts.rejected(),
        counts.skipped(),
        counts.versionsOpened(),
        counts.versionsClosed(),
        Duration.ofNanos(System.nanoTime() - start));
  }
}
