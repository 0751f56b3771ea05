package vn.phusa.runners.jobs.run;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.runners.jobs.failure.Failure;
import vn.phusa.runners.jobs.run.Ledger.Status;

/**
 * The life of a run's steps, whatever they do: begun, counted, and ended as what became of their
 * work says. Load, extraction, replay and stream all live here. For one thread.
 */
public final class StepLife {
  private static final Logger LOG = LoggerFactory.getLogger(StepLife.class);

  private final StepLedger ledger;
  private final RunId runId;
  private final Map<String, Integer> attempts = new HashMap<>();

  public StepLife(StepLedger ledger, RunId runId) {
    this.ledger = ledger;
    this.runId = runId;
  }

  /** That of the steps of a run in etl_step. */
  public static StepLife of(DataSource warehouse, RunId run) {
    return new StepLife(new RecordedSteps(warehouse), run);
  }

  /**
   * What is done between the steps' beginning and their end.
   *
   * @param <T> what comes of it
   * @param <E> how it fails
   */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run() throws E, SQLException;
  }

  /**
   * Begins steps that are one piece of work, and does it. The work ends the steps that it has done,
   * by {@link #succeed} or {@link #end}, or has its workers end them. If it fails, those that are
   * running have failed with it; if it was stopped, they are aborted.
   *
   * @throws SQLException if the steps cannot be begun
   */
  public <T, E extends Exception> T run(List<String> steps, Work<T, E> work)
      throws E, SQLException {
    try {
      for (String step : steps) {
        attempts.put(step, ledger.stepStarted(runId, step));
      }
      return work.run();
    } catch (Throwable e) {
      endRunning(steps, e);
      throw e;
    }
  }

  private void endRunning(List<String> steps, Throwable failure) {
    Status status = FailedEnd.status(failure);
    String why = Failure.of(failure).line();
    FailedEnd.write(
        failure,
        () -> {
          Set<String> running = ledger.stepsRunning(runId);
          for (String step : steps) {
            if (running.contains(step)) {
              ledger.stepEnded(runId, step, status, why);
            }
          }
        });
  }

  /**
   * What rows of a step are counted for.
   *
   * @throws IllegalStateException if the step was not begun
   */
  public StepId id(String step) {
    Integer attempt = attempts.get(step);
    if (attempt == null) {
      throw new IllegalStateException(step + " was not begun");
    }
    return new StepId(runId, step, attempt);
  }

  /** Sums what a step that continues has counted so far. */
  public RowCounts count(String step) throws SQLException {
    return ledger.stepContinues(runId, step);
  }

  /** Ends a step that did its work; returns its counts. */
  public RowCounts succeed(String step) throws SQLException {
    return end(step, null);
  }

  /**
   * Ends a step that did its work, or a part of it.
   *
   * @param left why a part is left for the next time, in one line; null if none is
   * @return its counts
   */
  public RowCounts end(String step, @Nullable String left) throws SQLException {
    return ledger.stepEnded(runId, step, left == null ? Status.SUCCEEDED : Status.PARTIAL, left);
  }

  /** Logs it if rows of a step that has ended are unaccounted for. */
  public static void warnIfLost(String step, RowCounts counts) {
    if (!counts.isConserved()) {
      LOG.warn(
          "{}: of {} rows read, {} are unaccounted for", step, counts.read(), counts.unaccounted());
    }
  }
}
