package vn.phusa.runners.jobs.load;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.LoadSettings;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.MongoAddress;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.staging.StagedPlan;
import vn.phusa.pipelines.io.staging.StagedRange;
import vn.phusa.pipelines.io.staging.StagedReader;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.ledger.Watermarks;
import vn.phusa.pipelines.load.StagedTable;
import vn.phusa.pipelines.load.StagedWave;
import vn.phusa.runners.jobs.run.BoundedPipelines;
import vn.phusa.transforms.mapping.CategoryNames;
import vn.phusa.transforms.mapping.StagedKind;
import vn.phusa.transforms.rules.Rules;

/**
 * Loads staged documents, by the time when they were extracted: from the watermark, less an
 * overlap, up to now, less the safety lag, in waves of bounded pipelines. {@code --from} and {@code
 * --to} are times of extraction too. Otherwise as {@link PolledLoad}.
 */
public final class StagedLoad {
  private static final Logger LOG = LoggerFactory.getLogger(StagedLoad.class);

  /** A document weighs as much as about so many rows. */
  private static final int ROWS_OF_A_DOCUMENT = 10;

  /** The documents' keys of a wave are held where it is planned. */
  private static final long MAX_WAVE_DOCUMENTS = 200_000;

  private final LoadSettings settings;
  private final MongoAddress staging;
  private final DatabaseAddress warehouse;
  private final Rules rules;
  private final TableSteps steps;
  private final Watermarks watermarks;
  private final Clock clock;

  /**
   * @param pipelines what runs the pipelines
   * @param run the run that steps and rows are counted for
   * @param mayGoOn asked before every wave
   */
  public StagedLoad(
      BoundedPipelines pipelines,
      LoadSettings settings,
      MongoAddress staging,
      DatabaseAddress warehouse,
      Rules rules,
      RunId run,
      Clock clock,
      WaveGuard mayGoOn) {
    this.settings = settings;
    this.staging = staging;
    this.warehouse = warehouse;
    this.rules = rules;
    this.steps = new TableSteps(pipelines, Postgres.dataSource(warehouse), run, mayGoOn);
    this.watermarks = new Watermarks(Postgres.dataSource(warehouse));
    this.clock = clock;
  }

  /**
   * Those of the loads whose documents are staged. That a platform's are and no mapping knows it is
   * said in the log: they are loaded from their beginning once there is one.
   *
   * @throws vn.phusa.pipelines.io.staging.StagingUnusableException if staging cannot be used
   */
  public List<StagedTable> staged(List<StagedTable> all, Set<String> mapped) {
    Map<String, List<String>> platforms = new TreeMap<>();
    Set<String> unknown = new TreeSet<>();
    try (StagedReader reader = StagedReader.open(staging)) {
      for (StagedTable table : all) {
        platforms.computeIfAbsent(table.kind().collection(), reader::platforms);
      }
    }
    platforms.values().forEach(unknown::addAll);
    unknown.removeAll(mapped);
    if (!unknown.isEmpty()) {
      LOG.warn("staged, but not loaded, since no mapping knows them: {}", unknown);
    }
    return all.stream()
        .filter(t -> platforms.get(t.kind().collection()).contains(t.kind().platform()))
        .toList();
  }

  /**
   * Loads the documents of a kind and says what became of them.
   *
   * @param rowsSoFar called from time to time with how many are dealt with
   * @return the counts of the table's steps
   * @throws SQLException when the warehouse cannot be used
   * @throws RuntimeException when a pipeline failed, or staging cannot be used
   */
  public List<RowCounts> load(StagedTable table, LongConsumer rowsSoFar) throws SQLException {
    return steps.run(table.steps(), rowsSoFar, () -> loadWaves(table));
  }

  private void loadWaves(StagedTable table) throws SQLException {
    StagedKind kind = table.kind();
    Instant bound = clock.instant().minus(settings.safetyLag());
    Instant to = settings.to() == null || settings.to().isAfter(bound) ? bound : settings.to();
    try (StagedReader reader = StagedReader.open(staging)) {
      StagedPlan plan = new StagedPlan(reader, kind, from(kind).orElse(null), to);
      Map<String, String> categories = categories(reader, kind);
      for (List<StagedRange> wave = plan.nextWave(waveDocuments());
          !wave.isEmpty();
          wave = plan.nextWave(waveDocuments())) {
        StagedWave next =
            new StagedWave(
                staging,
                warehouse,
                kind,
                categories,
                wave,
                steps.id(table.documents()),
                steps.id(table.rows()),
                rules,
                settings.historyHorizon());
        steps.runPipeline(pipeline -> table.recipe().build(pipeline, next));
      }
    }
    if (!settings.isBackfill()) {
      watermarks.advance(kind.source(), kind.load(), bound);
    }
  }

  private static Map<String, String> categories(StagedReader reader, StagedKind kind) {
    CategoryNames names = CategoryNames.of(kind);
    reader.categories(kind.platform()).forEach(names::add);
    return names.names();
  }

  /** Empty: the beginning. */
  private Optional<Instant> from(StagedKind kind) throws SQLException {
    if (settings.from() != null) {
      return Optional.of(settings.from());
    }
    // A period that ends somewhere and begins nowhere begins at the beginning.
    if (settings.fromBeginning() || settings.to() != null) {
      return Optional.empty();
    }
    return watermarks.get(kind.source(), kind.load()).map(w -> w.minus(settings.overlap()));
  }

  private int waveDocuments() {
    long documents =
        settings.waveRows() == 0
            ? MAX_WAVE_DOCUMENTS
            : Math.max(1, settings.waveRows() / ROWS_OF_A_DOCUMENT);
    return (int) Math.min(documents, MAX_WAVE_DOCUMENTS);
  }
}
