package vn.phusa.pipelines.io.marketplace.limit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How long an extraction is ready to wait for a platform's limits, over all its waits: longer, and
 * it ends, to be continued by the next one. Waits of several threads at once count once.
 */
public final class WaitBudget {
  private final Clock clock;
  private final Sleeper sleeper;
  private final Duration longest;
  private Duration waited = Duration.ZERO;
  private @Nullable Instant waitedUntil;

  public WaitBudget(Clock clock, Sleeper sleeper, Duration longest) {
    this.clock = clock;
    this.sleeper = sleeper;
    this.longest = longest;
  }

  /** Waits without doing anything. */
  @FunctionalInterface
  public interface Sleeper {
    Sleeper REAL =
        duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);

    void sleep(Duration duration) throws InterruptedException;
  }

  /**
   * Waits until a time.
   *
   * @param why what is waited for, as the end of a sentence
   * @throws ExtractionPausedException at once, if that is longer than the extraction is ready to
   *     wait
   */
  void await(Instant time, String why) throws InterruptedException {
    Duration wait = Duration.between(clock.instant(), time);
    if (wait.isNegative() || wait.isZero()) {
      return;
    }
    take(time, why);
    sleeper.sleep(wait.plusMillis(1));
  }

  /** As {@link #await}, without waiting: whoever calls waits by other means. */
  synchronized void take(Instant time, String why) {
    Instant from = clock.instant();
    if (waitedUntil != null && waitedUntil.isAfter(from)) {
      from = waitedUntil;
    }
    if (time.isAfter(from)) {
      Duration after = waited.plus(Duration.between(from, time));
      if (after.compareTo(longest) > 0) {
        throw new ExtractionPausedException("continues next time: waiting for " + why);
      }
      waited = after;
      waitedUntil = time;
    }
  }
}
