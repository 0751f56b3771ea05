package vn.phusa.runners.jobs.failure;

import java.util.List;
import vn.phusa.runners.jobs.result.StepResult;

/** A step that failed for good. Its cause is the last attempt's failure. */
public class StepFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String step;
  private final transient List<StepResult> results;

  /**
   * @param results what the run did nevertheless
   */
  public StepFailedException(String step, Throwable cause, List<StepResult> results) {
    super(step + " failed", cause);
    this.step = step;
    this.results = List.copyOf(results);
  }

  /** The step's name. */
  public String step() {
    return step;
  }

  /** What the run did nevertheless: the results of the other steps, in their order. */
  public List<StepResult> results() {
    return results;
  }
}
