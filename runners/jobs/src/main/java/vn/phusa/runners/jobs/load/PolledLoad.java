package vn.phusa.runners.jobs.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.LoadSettings;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.oltp.ModifiedColumn;
import vn.phusa.pipelines.io.oltp.PolledRange;
import vn.phusa.pipelines.io.oltp.PolledTable;
import vn.phusa.pipelines.io.oltp.RangePlanner;
import vn.phusa.pipelines.io.oltp.UnknownBoundException;
import vn.phusa.pipelines.io.oltp.UpperBound;
import vn.phusa.pipelines.io.oltp.ZoneEvidence;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.warehouse.dimension.Rekeying;
import vn.phusa.pipelines.io.warehouse.ledger.Watermarks;
import vn.phusa.pipelines.load.TableLoad;
import vn.phusa.pipelines.load.Wave;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;
import vn.phusa.runners.jobs.run.BoundedPipelines;
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

  /** Transactions take seconds; what is open for longer was forgotten, or is a dump. */
  private static final Duration MAX_EXPECTED_HOLD = Duration.ofMinutes(5);

  private final LoadSettings settings;
  private final DatabaseAddress source;
  private final DatabaseAddress warehouse;
  private final Rules rules;
  private final TableSteps steps;
  private final Watermarks watermarks;

  /**
   * @param pipelines what runs the pipelines
   * @param run the run that steps and rows are counted for
   * @param mayGoOn asked before every wave
   */
  public PolledLoad(
      BoundedPipelines pipelines,
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
    this.steps = new TableSteps(pipelines, Postgres.dataSource(warehouse), run, mayGoOn);
    this.watermarks = new Watermarks(Postgres.dataSource(warehouse));
  }

  /**
   * Loads a table and says what became of its rows.
   *
   * @param rowsSoFar called from time to time with how many rows are dealt with
   * @throws SQLException when a database cannot be used
   * @throws RuntimeException when a pipeline failed
   */
  public RowCounts load(TableLoad load, LongConsumer rowsSoFar) throws SQLException {
    return steps.run(List.of(load.step()), rowsSoFar, () -> loadWaves(load)).get(0);
  }

  private void loadWaves(TableLoad load) throws SQLException {
    StepId step = steps.id(load.step());
    PolledTable table = load.table().withNaiveTimesIn(zone());
    UpperBound bound = bound();
    Optional<Instant> newest = newest(table, bound);
    for (List<PolledRange> ranges : waves(plan(table, bound))) {
      Wave wave =
          new Wave(source, warehouse, table, ranges, step, rules, settings.historyHorizon());
      steps.runPipeline(pipeline -> load.build(pipeline, wave));
    }
    if (!settings.isBackfill()) {
      watermarks.advance(PolledTable.SOURCE, table.kind(), bound.instant());
      watermarks.saw(PolledTable.SOURCE, table.kind(), heldBy(bound), newest.orElse(null));
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

  private ZoneId zone() {
    return settings.oltpTimeZone() == null ? PolledTable.DEFAULT_ZONE : settings.oltpTimeZone();
  }

  private UpperBound bound() throws SQLException {
    try (Connection connection = Postgres.openSource(source, zone())) {
      UpperBound bound = UpperBound.of(connection, settings.safetyLag());
      if (!bound.othersVisible()) {
        warnOnce();
      }
      if (heldBy(bound) != null) {
        LOG.warn(
            "rows that changed since {} are not loaded yet: {}", bound.instant(), bound.holder());
      }
      return bound;
    } catch (UnknownBoundException e) {
      throw new ServiceUnavailableException(
          String.format(
              Locale.ROOT, "%s (--%s): %s", source.service(), source.option(), e.getMessage()),
          true,
          e);
    }
  }

  /** Who holds the bound back by more than a person would expect; null: nobody. */
  private @Nullable String heldBy(UpperBound bound) {
    return bound.holder() != null && bound.heldBack().compareTo(MAX_EXPECTED_HOLD) > 0
        ? bound.holder().toString()
        : null;
  }

  /** The newest time of modification, which has to fit to what the last load saw. */
  private Optional<Instant> newest(PolledTable table, UpperBound bound) throws SQLException {
    try (Connection connection = Postgres.openSource(source, zone())) {
      Optional<Instant> newest = ModifiedColumn.newest(connection, table, bound.instant());
      Optional<Instant> before = watermarks.get(PolledTable.SOURCE, table.kind());
      Optional<Instant> seen = watermarks.newest(PolledTable.SOURCE, table.kind());
      if (settings.oltpTimeZone() == null
          && newest.isPresent()
          && before.isPresent()
          && seen.isPresent()
          && new ZoneEvidence(ModifiedColumn.of(connection, table))
              .lagsAsUtcWould(
                  connection,
                  table,
                  new ZoneEvidence.Seen(before.get(), seen.get()),
                  new ZoneEvidence.Seen(bound.instant(), newest.get()),
                  settings.overlap())) {
        SourceTables.refuse(table, "rows appear seven hours behind the last load, as with UTC");
      }
      return newest;
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
    try (Connection connection = Postgres.openSource(source, zone())) {
      return new RangePlanner(connection, table, rangeRows())
          .plan(from(connection, table), to, settings.to() == null);
    }
  }

  private String from(Connection connection, PolledTable table) throws SQLException {
    if (settings.from() != null) {
      return settings.from().toString();
    }
    // A period that ends somewhere and begins nowhere begins at the beginning.
    if (settings.fromBeginning() || settings.to() != null) {
      return BEGINNING;
    }
    Optional<Instant> watermark = watermarks.get(PolledTable.SOURCE, table.kind());
    if (watermark.isEmpty()) {
      return BEGINNING;
    }
    return ModifiedColumn.of(connection, table)
        .beginOfGrain(watermark.get().minus(settings.overlap()), table)
        .toString();
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
