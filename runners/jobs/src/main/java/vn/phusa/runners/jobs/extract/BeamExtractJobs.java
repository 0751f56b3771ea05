package vn.phusa.runners.jobs.extract;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.options.ExtractOptions;
import vn.phusa.options.MarketplaceOptions;
import vn.phusa.options.MongoAddress;
import vn.phusa.pipelines.io.marketplace.spec.Marketplaces;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.ledger.RunStatus;
import vn.phusa.runners.jobs.load.MappingsFile;
import vn.phusa.runners.jobs.load.StagingCheck;
import vn.phusa.runners.jobs.run.PartialFailureException;
import vn.phusa.runners.jobs.run.Progress;
import vn.phusa.runners.jobs.run.RunContext;
import vn.phusa.runners.jobs.run.StepResult;
import vn.phusa.runners.jobs.run.StreamJob;
import vn.phusa.runners.jobs.runner.RunnerProfile;

/** The extractions of the pipelines. */
public final class BeamExtractJobs implements ExtractJobs {
  private final Clock clock;

  public BeamExtractJobs(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Set<String> platforms(MarketplaceOptions options) {
    Marketplaces all = Marketplaces.read(options.getMarketplaces());
    Set<String> names = new LinkedHashSet<>(all.marketplaces().keySet());
    names.addAll(all.feeds().keySet());
    return names;
  }

  @Override
  public List<String> ready(ExtractOptions options) {
    // What the records mean is asked for later, and found out now.
    MappingsFile.read(options.getMarketplaces());
    Marketplaces all = Marketplaces.read(options.getMarketplaces());
    List<String> names = all.select(options.getPlatforms());
    all.checkSecrets(names);
    return names;
  }

  @Override
  public List<StepResult> extract(ExtractOptions options, RunContext context)
      throws SQLException, PartialFailureException {
    long start = System.nanoTime();
    ExtractionJob extraction = extraction(options, context.runId());
    ExtractionResult extracted;
    try (Progress progress = context.progress().start(context.step());
        RunnerProfile.Restored ignored = RunnerProfile.of(options).withOneWorker()) {
      extracted =
          StagingCheck.usable(
              MongoAddress.staging(options).orElseThrow(),
              () -> extraction.run(context.done().names(), new TotalRows(progress)::report));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    List<StepResult> results = extracted.steps().stream().map(step -> result(step, took)).toList();
    extracted.steps().stream()
        .filter(step -> step.status() != RunStatus.FAILED)
        .forEach(step -> context.done().add(result(step, took)));
    List<ExtractedStep> failed =
        extracted.steps().stream().filter(step -> step.status() == RunStatus.FAILED).toList();
    if (!failed.isEmpty()) {
      String line = failed.stream().map(ExtractedStep::message).distinct().collect(lines());
      throw new PartialFailureException(line, extracted.isRetryable(), results);
    }
    return results;
  }

  private static Collector<CharSequence, ?, String> lines() {
    return Collectors.joining("; ");
  }

  @Override
  public StreamJob stream(ExtractOptions options) {
    // The steps' names are the same in every run.
    List<String> steps = extraction(options, RunId.random()).steps();
    return new StreamJob(steps, (pipeline, runId) -> extraction(options, runId).goOn(pipeline));
  }

  private ExtractionJob extraction(ExtractOptions options, RunId run) {
    return new ExtractionJob(
        options,
        Marketplaces.read(options.getMarketplaces()),
        MongoAddress.staging(options).orElseThrow(),
        DatabaseAddress.warehouse(options).orElseThrow(),
        run,
        clock);
  }

  private static StepResult result(ExtractedStep step, Duration took) {
    StepResult result =
        new StepResult(
            step.step(),
            step.counts().read(),
            step.counts().loaded(),
            step.counts().rejected(),
            step.counts().skipped(),
            0,
            0,
            took);
    return step.status() == RunStatus.PARTIAL ? result.partly(step.message()) : result;
  }

  /** All steps together, since they run side by side. */
  private static final class TotalRows {
    private final Progress progress;
    private final Map<String, Long> rows = new HashMap<>();

    TotalRows(Progress progress) {
      this.progress = progress;
    }

    void report(String step, long count) {
      rows.put(step, count);
      progress.rows(rows.values().stream().mapToLong(Long::longValue).sum());
    }
  }
}
