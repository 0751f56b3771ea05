package vn.phusa.runners.jobs.run;

import java.time.Duration;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.LoadSettings;
import vn.phusa.options.RetryOptions;

/**
 * How often a failed step is tried again, and after how long. {@link RunEngine} does it, where
 * {@link Failure#isRetryable} says that it may help.
 *
 * @param retries how often
 * @param delay after how long
 */
public record StepRetry(int retries, Duration delay) {

  /** A failure is final. */
  public static final StepRetry NEVER = new StepRetry(0, Duration.ZERO);

  /**
   * As the options say.
   *
   * @throws InvalidOptionException if one is malformed
   */
  public static StepRetry of(RetryOptions options) {
    if (options.getStepRetries() < 0) {
      throw new InvalidOptionException("stepRetries", "0 or more expected");
    }
    return new StepRetry(
        options.getStepRetries(),
        LoadSettings.duration("stepRetryDelay", options.getStepRetryDelay()));
  }
}
