package vn.phusa.runners.jobs.load;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.apache.beam.sdk.Pipeline;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.warehouse.ledger.ProgressWatcher;
import vn.phusa.runners.jobs.run.BoundedPipelines;
import vn.phusa.runners.jobs.run.StepLife;

/** The steps of a load, whatever it reads: each table in waves of bounded pipelines. */
final class TableSteps {
  private final BoundedPipelines pipelines;
  private final DataSource warehouse;
  private final RunId run;
  private final WaveGuard mayGoOn;
  private final StepLife life;

  /**
   * @param pipelines what runs the pipelines
   * @param run the run that steps and rows are counted for
   * @param mayGoOn asked before every pipeline
   */
  TableSteps(BoundedPipelines pipelines, DataSource warehouse, RunId run, WaveGuard mayGoOn) {
    this.pipelines = pipelines;
    this.warehouse = warehouse;
    this.run = run;
    this.mayGoOn = mayGoOn;
    this.life = StepLife.of(warehouse, run);
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
  StepId id(String step) {
    return life.id(step);
  }

  /**
   * Runs steps that are one piece of work.
   *
   * @param steps the first is the one whose rows are reported
   * @return their counts, in their order
   */
  List<RowCounts> run(List<String> steps, LongConsumer rowsSoFar, Work work) throws SQLException {
    return life.run(steps, () -> watched(steps, rowsSoFar, work));
  }

  private List<RowCounts> watched(List<String> steps, LongConsumer rowsSoFar, Work work)
      throws SQLException {
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
      List<RowCounts> counts = new ArrayList<>();
      for (String step : steps) {
        RowCounts ended = life.succeed(step);
        StepLife.warnIfLost(step, ended);
        counts.add(ended);
      }
      return counts;
    }
  }

  /** Runs one pipeline to its end. */
  void runPipeline(Consumer<Pipeline> recipe) throws SQLException {
    mayGoOn.check();
    pipelines.run(run, recipe);
  }
}
