package vn.phusa.runners.jobs.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.beam.sdk.options.PipelineOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.options.LoadSettings;
import vn.phusa.pipelines.io.oltp.PolledRange;
import vn.phusa.pipelines.io.oltp.PolledTable;
import vn.phusa.pipelines.io.oltp.RangePlanner;
import vn.phusa.pipelines.io.oltp.UpperBound;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.warehouse.dimension.Rekeying;
import vn.phusa.pipelines.io.warehouse.ledger.StepCounts;
import vn.phusa.pipelines.io.warehouse.ledger.Watermarks;
import vn.phusa.pipelines.load.TableLoad;
import vn.phusa.pipelines.load.Wave;
import vn.phusa.transforms.rules.Rules;

/**
 * Loads polled tables: from the watermark, less an overlap, up to the safe upper bound, in waves of
 * bounded pipelines. The watermark moves after the last wave is committed; a load that fails leaves
 * it where it was, and the next one reads the same rows again, which changes nothing for those that
 * were written.
 */
public final class PolledLoad {
  private static final Logger LOG = LoggerFactory.getLogger(PolledLoad.class);
  private static final long MAX_RANGE_ROWS = 50_000;
  private static final String BEGINNING = "-infinity";

  private final LoadSettings settings;
  private final DatabaseAddress source;
  private final DatabaseAddress warehouse;
  private final Rules rules;
  private final StepLifecycle life;
  private final Watermarks watermarks;

  /**
   * @param options what the pipelines are started with: the runner above all
   * @param run the run that steps and rows are counted for
   * @param mayGoOn asked before every wave
   */
  public PolledLoad(
      PipelineOptions options,
      LoadSettings settings,
      DatabaseAddress source,
      DatabaseAddress warehouse,
      Rules rules,
      RunId run,
      WaveGuard mayGoOn) {
    this.settings = settings;
    this.source = source;
    this.warehouse = warehouse;
    this.rules = rules;
    this.life = new StepLifecycle(options, Postgres.dataSource(warehouse), run, mayGoOn);
    this.watermarks = new Watermarks(Postgres.dataSource(warehouse));
  }

  /**
   * Loads a table and says what became of its rows.
   *
   * @param rowsSoFar told from time to time how many rows are dealt with
   * @throws SQLException when a database cannot be used
   * @throws RuntimeException when a pipeline failed
   */
  public StepCounts load(TableLoad load, LongConsumer rowsSoFar) throws SQLException {
    return life.live(List.of(load.step()), rowsSoFar, () -> loadWaves(load)).get(0);
  }

  private void loadWaves(TableLoad load) throws SQLException {
    StepId step = life.context(load.step());
    UpperBound bound = upperBound();
    for (List<PolledRange> ranges : waves(plan(load.table(), bound))) {
      Wave wave = new Wave(source, warehouse, load.table(), ranges, step, rules);
      life.runPipeline(pipeline -> load.build(pipeline, wave));
    }
    if (!settings.isBackfill()) {
      watermarks.advance(PolledTable.SOURCE, load.table().kind(), bound.instant());
    }
  }

  /**
   * Gives facts the right versions where versions moved; to be called at the end of a command that
   * loaded dimensions or facts.
   *
   * @return how many facts got another key
   */
  public long rekey() throws SQLException {
    return Rekeying.rekey(warehouse);
  }

  private UpperBound upperBound() throws SQLException {
    try (Connection connection = Postgres.openSource(source)) {
      UpperBound bound = UpperBound.of(connection, settings.safetyLag());
      if (!bound.othersVisible()) {
        warnOnce();
      }
      return bound;
    }
  }

  private static void warnOnce() {
    if (System.setProperty("phusa.warned.pg_read_all_stats", "true") == null) {
      LOG.warn(
          "the role may not see when other sessions' transactions began: grant it"
              + " pg_read_all_stats, or give a --safetyLag above the longest transaction");
    }
  }

  private List<PolledRange> plan(PolledTable table, UpperBound bound) throws SQLException {
    String to =
        settings.to() == null || settings.to().isAfter(bound.instant())
            ? bound.instant().toString()
            : settings.to().toString();
    try (Connection connection = Postgres.openSource(source)) {
      return new RangePlanner(connection, table, rangeRows())
          .plan(from(table), to, settings.to() == null);
    }
  }

  private String from(PolledTable table) throws SQLException {
    if (settings.from() != null) {
      return settings.from().toString();
    }
    // A period that ends somewhere and begins nowhere begins at the beginning.
    if (settings.fromBeginning() || settings.to() != null) {
      return BEGINNING;
    }
    Optional<Instant> watermark = watermarks.get(PolledTable.SOURCE, table.kind());
    return watermark.map(w -> w.minus(settings.overlap()).toString()).orElse(BEGINNING);
  }

  /** So that a wave keeps several workers busy, and a range fits into one worker's memory. */
  private long rangeRows() {
    return settings.waveRows() == 0
        ? MAX_RANGE_ROWS
        : Math.max(1, Math.min(MAX_RANGE_ROWS, settings.waveRows() / 4));
  }

  private List<List<PolledRange>> waves(List<PolledRange> ranges) {
    List<List<PolledRange>> waves = new ArrayList<>();
    List<PolledRange> wave = new ArrayList<>();
    long rows = 0;
    for (PolledRange range : ranges) {
      if (!wave.isEmpty()
          && settings.waveRows() > 0
          && rows + range.getRows() > settings.waveRows()) {
        waves.add(wave);
        wave = new ArrayList<>();
        rows = 0;
      }
      wave.add(range);
      rows += range.getRows();
    }
    if (!wave.isEmpty()) {
      waves.add(wave);
    }
    return waves;
  }
}
