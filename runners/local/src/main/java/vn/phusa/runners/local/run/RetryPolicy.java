package vn.phusa.runners.local.run;

import java.time.Duration;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.LoadSettings;
import vn.phusa.options.RetryOptions;

/**
 * How a failed step is tried again.
 *
 * @param retries how often
 * @param delay after how long
 */
public record RetryPolicy(int retries, Duration delay) {

  /** A failure is final. */
  public static final RetryPolicy NEVER = new RetryPolicy(0, Duration.ZERO);

  /**
   * As the options say.
   *
   * @throws InvalidOptionException if one is malformed
   */
  public static RetryPolicy of(RetryOptions options) {
    if (options.getStepRetries() < 0) {
      throw new InvalidOptionException("stepRetries", "0 or more expected");
    }
    return new RetryPolicy(
        options.getStepRetries(),
        LoadSettings.duration("stepRetryDelay", options.getStepRetryDelay()));
  }
}
