package vn.phusa.runners.jobs.load;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.waiting.StopRequest;
import vn.phusa.pipelines.io.warehouse.ledger.ProgressWatcher;
import vn.phusa.pipelines.io.warehouse.ledger.RunLedger;
import vn.phusa.pipelines.io.warehouse.ledger.StepCounts;
import vn.phusa.runners.jobs.run.JobName;
import vn.phusa.runners.jobs.run.PipelineOutcome;

/** The life of the steps of a load, whatever it reads: begun, watched, finished or failed. */
final class StepLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(StepLifecycle.class);

  private final PipelineOptions options;
  private final DataSource warehouse;
  private final RunId run;
  private final RunLedger log;
  private final WaveGuard mayGoOn;
  private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

  /**
   * @param options what pipelines are started with: the runner above all
   * @param run the run that steps and rows are counted for
   * @param mayGoOn asked before every pipeline
   */
  StepLifecycle(PipelineOptions options, DataSource warehouse, RunId run, WaveGuard mayGoOn) {
    this.options = options;
    this.mayGoOn = mayGoOn;
    this.warehouse = warehouse;
    this.run = run;
    this.log = new RunLedger(warehouse);
  }

  /** What is done between a step's beginning and its end. */
  interface Work {
    void run() throws SQLException;
  }

  /**
   * What rows of a step are counted for.
   *
   * @throws IllegalStateException if the step was not begun
   */
  StepId context(String step) {
    Integer attempt = attempts.get(step);
    if (attempt == null) {
      throw new IllegalStateException(step + " was not begun");
    }
    return new StepId(run.value(), step, attempt);
  }

  /**
   * Lives steps through that are one piece of work.
   *
   * @param steps the first is the one whose rows are told
   * @return their counts, in their order
   */
  List<StepCounts> live(List<String> steps, LongConsumer rowsSoFar, Work work) throws SQLException {
    for (String step : steps) {
      attempts.put(step, log.beginStep(run, step));
    }
    String first = steps.get(0);
    try (ProgressWatcher ignored =
        ProgressWatcher.watch(
            warehouse,
            run,
            (step, rows) -> {
              if (step.equals(first)) {
                rowsSoFar.accept(rows);
              }
            })) {
      work.run();
      List<StepCounts> counts = new ArrayList<>();
      for (String step : steps) {
        counts.add(finish(step));
      }
      return counts;
    } catch (SQLException | RuntimeException e) {
      steps.forEach(step -> fail(step, e));
      throw e;
    }
  }

  /** Runs one pipeline to its end. */
  void runPipeline(Consumer<Pipeline> recipe) throws SQLException {
    mayGoOn.check();
    JobName.carry(options, run.toString());
    Pipeline pipeline = Pipeline.create(options);
    recipe.accept(pipeline);
    PipelineOutcome.await(pipeline.run());
  }

  private StepCounts finish(String step) throws SQLException {
    StepCounts counts = log.finishStep(run, step);
    if (!counts.isConserved()) {
      LOG.warn(
          "{}: of {} rows read, {} are unaccounted for", step, counts.read(), counts.unaccounted());
    }
    return counts;
  }

  private void fail(String step, Exception failure) {
    boolean stopped = StopRequest.explains(failure);
    try {
      StopRequest.<SQLException>despite(
          () -> {
            if (stopped) {
              log.abortStep(run, step);
            } else {
              log.failStep(run, step, oneLine(failure));
            }
          });
    } catch (SQLException | RuntimeException e) {
      // The warehouse may be what failed; the first failure is the one to be told.
      failure.addSuppressed(e);
    }
  }

  /** Why, without the messages of drivers and runners, which may quote rows. */
  private static String oneLine(Throwable failure) {
    Throwable cause = failure;
    while (!(cause instanceof SQLException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof SQLException sql
        ? "a database failed with SQLSTATE " + sql.getSQLState()
        : "failed with " + cause.getClass().getSimpleName();
  }
}
