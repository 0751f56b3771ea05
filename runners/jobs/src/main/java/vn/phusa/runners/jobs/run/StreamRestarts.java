package vn.phusa.runners.jobs.run;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.failure.Failure;

/**
 * Starts a stream again that ended since a service could not be used which may come back: a little
 * later each time, and for as long as it takes. One that never ran is not started again: whoever
 * started it is there to hear why.
 */
final class StreamRestarts {
  private static final Logger LOG = LoggerFactory.getLogger(StreamRestarts.class);

  static final Duration FIRST = Duration.ofSeconds(5);
  static final Duration MAX_DELAY = Duration.ofMinutes(2);

  /** After that the next failure is the first one again. */
  static final Duration CALM = Duration.ofMinutes(10);

  private final Sleeper sleeper;

  StreamRestarts(Sleeper sleeper) {
    this.sleeper = sleeper;
  }

  /** One start of the stream. */
  interface Start {

    /**
     * Runs it to its end.
     *
     * @param runs to be called once it runs
     */
    void run(Runnable runs) throws Exception;
  }

  /** Runs it until it ends for another reason. */
  void keep(Start start) throws Exception {
    boolean[] everRan = {false};
    Duration delay = FIRST;
    while (true) {
      long begun = System.nanoTime();
      try {
        start.run(() -> everRan[0] = true);
        return;
      } catch (Exception e) {
        if (!everRan[0] || !mayComeBack(e)) {
          throw e;
        }
        if (System.nanoTime() - begun > CALM.toNanos()) {
          delay = FIRST;
        }
        LOG.warn("{}; the stream starts again in {} s", Failure.of(e).line(), delay.toSeconds());
        sleeper.sleep(delay);
        delay = min(delay.multipliedBy(2), MAX_DELAY);
      }
    }
  }

  private static boolean mayComeBack(Exception e) {
    return Failure.of(e).code() == ExitCode.SERVICE_UNUSABLE && Failure.isRetryable(e);
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
