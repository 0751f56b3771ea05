package vn.phusa.pipelines.io.step;

import java.io.Serializable;

/**
 * The run and the step that rows are counted for.
 *
 * @param runId the run, as in etl_run
 * @param step the step's name, as in etl_step
 * @param attempt which attempt of the step this is, from 1; a batch of an attempt that is over is
 *     rolled back. 0: attempts are not distinguished, since the step is never tried again
 */
public record StepId(RunId runId, String step, int attempt) implements Serializable {

  /** A step whose attempts are not distinguished. */
  public StepId(RunId runId, String step) {
    this(runId, step, 0);
  }
}
