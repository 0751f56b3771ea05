package vn.phusa.runners.jobs.extract;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.ledger.RunStatus;
import vn.phusa.runners.jobs.failure.PartialFailureException;
import vn.phusa.runners.jobs.load.StagingCheck;
import vn.phusa.runners.jobs.result.StepResult;
import vn.phusa.runners.jobs.run.Progress;
import vn.phusa.runners.jobs.run.RunContext;
import vn.phusa.runners.jobs.run.StreamJob;
import vn.phusa.runners.jobs.runner.RunnerProfile;

/** The extractions of the pipelines. */
public final class BeamExtractJobs implements ExtractJobs {
  private final Clock clock;

  public BeamExtractJobs(Clock clock) {
    this.clock = clock;
  }

  @Override
  public List<StepResult> extract(ExtractSetup setup, RunContext context)
      throws SQLException, PartialFailureException {
    long start = System.nanoTime();
    ExtractionJob extraction = new ExtractionJob(setup, context.runId(), clock);
    ExtractionResult extracted;
    try (Progress progress = context.progress().start(context.step());
        RunnerProfile.Restored ignored = setup.pipelines().withOneWorker()) {
      extracted =
          StagingCheck.usable(
              setup.staging(),
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
  public StreamJob stream(ExtractSetup setup) {
    // The steps' names are the same in every run.
    List<String> steps = new ExtractionJob(setup, RunId.random(), clock).steps();
    return new StreamJob(
        steps, (pipeline, runId) -> new ExtractionJob(setup, runId, clock).goOn(pipeline));
  }

  private static StepResult result(ExtractedStep step, Duration took) {
    StepResult result = new StepResult(step.step(), step.counts(), took);
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
