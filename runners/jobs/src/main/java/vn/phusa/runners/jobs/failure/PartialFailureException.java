package vn.phusa.runners.jobs.failure;

import java.util.List;
import vn.phusa.runners.jobs.result.StepResult;

/**
 * Some parts of a step failed that do not need one another, such as a marketplace's extraction; all
 * of them were tried.
 */
public final class PartialFailureException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean isRetryable;
  private final transient List<StepResult> results;

  /**
   * @param line one line that names the parts and says why, without secrets
   * @param isRetryable whether one of the parts is worth trying again
   * @param results what the other parts did
   */
  public PartialFailureException(String line, boolean isRetryable, List<StepResult> results) {
    super(line);
    this.isRetryable = isRetryable;
    this.results = List.copyOf(results);
  }

  /** Whether it is worth trying again. */
  public boolean isRetryable() {
    return isRetryable;
  }

  /** What the other parts did. */
  public List<StepResult> results() {
    return results;
  }
}
