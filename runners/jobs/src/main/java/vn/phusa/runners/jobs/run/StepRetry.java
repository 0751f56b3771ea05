package vn.phusa.runners.jobs.run;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.LoadSettings;
import vn.phusa.options.RetryOptions;
import vn.phusa.pipelines.io.waiting.StopRequest;
import vn.phusa.runners.jobs.failure.Failure;
import vn.phusa.runners.jobs.failure.PartialFailureException;
import vn.phusa.runners.jobs.failure.StepFailedException;
import vn.phusa.runners.jobs.result.StepResult;

/**
 * Tries a failed step again, where {@link Failure#isRetryable} says that it may help.
 *
 * @param retries how often
 * @param delay after how long
 */
public record StepRetry(int retries, Duration delay) {

  private static final Logger LOG = LoggerFactory.getLogger(StepRetry.class);

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

  /** What is tried. */
  interface Attempts {

    /**
     * Tries once.
     *
     * @param attempt which attempt it is, from 1
     */
    List<StepResult> run(int attempt) throws Exception;
  }

  /**
   * Runs a step until it succeeds.
   *
   * @return what the attempt did that succeeded
   * @throws StepFailedException by the last failure, with the parts that were done before it
   * @throws InterruptedException if somebody stops the run
   */
  List<StepResult> run(String step, Sleeper sleeper, Attempts attempts)
      throws StepFailedException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return attempts.run(attempt);
      } catch (Exception e) {
        if (StopRequest.explains(e)) {
          throw stopped(e);
        }
        StepFailedException failed = new StepFailedException(step, e, partsOf(e));
        if (attempt > retries || !Failure.isRetryable(e)) {
          throw failed;
        }
        LOG.warn("{}; again in {} ({} of {})", Failure.of(failed).line(), delay, attempt, retries);
        sleeper.sleep(delay);
      }
    }
  }

  private static List<StepResult> partsOf(Exception e) {
    return e instanceof PartialFailureException parts ? parts.results() : List.of();
  }

  private static InterruptedException stopped(Exception cause) {
    if (cause instanceof InterruptedException interruption) {
      return interruption;
    }
    InterruptedException stopped = new InterruptedException("stopped");
    stopped.initCause(cause);
    return stopped;
  }
}
