package vn.phusa.runners.jobs.extract;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import javax.sql.DataSource;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.pipelines.ExtractMarketplaces;
import vn.phusa.pipelines.io.marketplace.ExtractStreams;
import vn.phusa.pipelines.io.marketplace.ExtractTask;
import vn.phusa.pipelines.io.marketplace.Extractor;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.ledger.ProgressWatcher;
import vn.phusa.pipelines.io.warehouse.ledger.RunLedger;
import vn.phusa.pipelines.io.warehouse.ledger.RunStatus;
import vn.phusa.pipelines.io.warehouse.ledger.StepSummary;
import vn.phusa.runners.jobs.run.BoundedPipelines;
import vn.phusa.runners.jobs.run.StepLife;

/**
 * Extracts marketplaces and feeds into staging, one step in etl_step for each part of each. A
 * platform that fails, or that has to be continued another time, does not stop the others.
 */
public final class ExtractionJob {
  private final BoundedPipelines pipelines;
  private final Extractor extractor;
  private final List<String> names;
  private final RunId run;
  private final DataSource warehouse;
  private final RunLedger log;
  private final StepLife life;

  /**
   * @param setup what is extracted, and what with
   * @param run the run that steps and rows are counted for
   * @param clock what says the time; it travels to the workers
   * @throws InvalidOptionException if a platform that is named cannot be extracted
   */
  public ExtractionJob(ExtractSetup setup, RunId run, Clock clock) {
    this.pipelines = setup.pipelines();
    this.names = setup.marketplaces().select(setup.settings().platforms());
    this.run = run;
    this.extractor =
        new Extractor(
            setup.marketplaces(),
            setup.staging(),
            setup.warehouse(),
            run,
            setup.authorities(),
            setup.settings().longestWait(),
            clock);
    this.warehouse = Postgres.dataSource(setup.warehouse());
    this.log = new RunLedger(this.warehouse);
    this.life = StepLife.of(this.warehouse, run);
  }

  /** The steps, in their order. */
  public List<String> steps() {
    List<String> steps = new ArrayList<>();
    for (String name : names) {
      extractor.tasks(name).forEach(task -> steps.addAll(stepsOf(task)));
    }
    return steps;
  }

  /**
   * Puts the pipeline together that extracts until it is stopped, each platform at its refresh
   * interval.
   */
  public void goOn(Pipeline pipeline) {
    ExtractMarketplaces.streaming(pipeline, extractor, names);
  }

  /**
   * Extracts once, and says what became of each step.
   *
   * @param done the steps to leave out, since an attempt just before has done them
   * @param progress called from time to time with how many rows of a step are dealt with
   * @throws SQLException when the warehouse cannot be used
   * @throws RuntimeException when staging cannot be used, or the pipeline failed otherwise
   */
  public ExtractionResult run(Set<String> done, ObjLongConsumer<String> progress)
      throws SQLException {
    List<ExtractTask> tasks = tasksLeft(done);
    List<String> steps = tasks.stream().flatMap(task -> stepsOf(task).stream()).toList();
    boolean isRetryable = !tasks.isEmpty() && life.run(steps, () -> runPipeline(tasks, progress));
    return new ExtractionResult(results(steps()), isRetryable);
  }

  private List<String> stepsOf(ExtractTask task) {
    return extractor.steps(task.getName(), task.getPart());
  }

  private List<ExtractTask> tasksLeft(Set<String> done) {
    return names.stream()
        .flatMap(name -> extractor.tasks(name).stream())
        .filter(task -> !done.containsAll(stepsOf(task)))
        .toList();
  }

  /**
   * Whether a part failed in a way that may be over in a while. Each part's worker ends its steps.
   */
  private boolean runPipeline(List<ExtractTask> tasks, ObjLongConsumer<String> progress) {
    PipelineResult result;
    try (ProgressWatcher ignored = ProgressWatcher.watch(warehouse, run, progress)) {
      result = pipelines.run(run, pipeline -> ExtractMarketplaces.once(pipeline, extractor, tasks));
    }
    MetricsFilter passing =
        MetricsFilter.builder()
            .addNameFilter(
                MetricNameFilter.named(ExtractStreams.class, ExtractStreams.PASSING_FAILURES))
            .build();
    for (MetricResult<Long> count : result.metrics().queryMetrics(passing).getCounters()) {
      if (count.getAttempted() > 0) {
        return true;
      }
    }
    return false;
  }

  private List<ExtractedStep> results(List<String> steps) throws SQLException {
    List<ExtractedStep> results = new ArrayList<>();
    for (StepSummary step : log.steps(run)) {
      if (steps.contains(step.step())) {
        if (step.status() != RunStatus.RUNNING) {
          StepLife.warnIfLost(step.step(), step.counts());
        }
        results.add(
            new ExtractedStep(
                step.step(),
                step.counts(),
                step.status(),
                step.error() == null ? "" : step.error()));
      }
    }
    return results;
  }
}
