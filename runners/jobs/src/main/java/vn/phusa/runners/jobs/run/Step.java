package vn.phusa.runners.jobs.run;

import java.util.List;
import vn.phusa.runners.jobs.failure.PartialFailureException;
import vn.phusa.runners.jobs.result.StepResult;

/**
 * One step of a run.
 *
 * @param name as in etl_step
 * @param isNeeded whether the steps after it need it; they are run without it otherwise, and the
 *     run fails at its end
 */
public record Step(String name, boolean isNeeded, Action action) {

  /** A step that those after it need. */
  public Step(String name, Action action) {
    this(name, true, action);
  }

  /** A step that those after it can do without. */
  public static Step notNeeded(String name, Action action) {
    return new Step(name, false, action);
  }

  /** What a step does. It can be done again after it failed. */
  @FunctionalInterface
  public interface Action {
    /**
     * Does it; one result for each table.
     *
     * @throws PartialFailureException if some parts failed after all were tried
     */
    List<StepResult> run(RunContext context) throws Exception;
  }
}
