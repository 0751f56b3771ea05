package vn.phusa.runners.jobs.run;

import java.sql.SQLException;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.runners.jobs.run.Ledger.Status;

/** The steps that the warehouse remembers (etl_step). {@link StepLife} alone writes them. */
public interface StepLedger {

  /**
   * Writes that a step was started; a later attempt replaces the row.
   *
   * @return which attempt of the step in its run this is, from 1
   */
  int stepStarted(RunId runId, String step) throws SQLException;

  /**
   * Writes how a step ended, with the rows that were counted for it.
   *
   * @param why one line on why it failed or is only partly done, without personal data; null if it
   *     succeeded
   * @return its counts
   */
  RowCounts stepEnded(RunId runId, String step, Status status, @Nullable String why)
      throws SQLException;

  /**
   * Sums what a step that continues has counted so far.
   *
   * @return the counts since it began
   * @throws SQLException if the warehouse does not answer; the next call makes up for it
   */
  RowCounts stepContinues(RunId runId, String step) throws SQLException;

  /** The steps of a run that were started and have not ended. */
  Set<String> stepsRunning(RunId runId) throws SQLException;
}
