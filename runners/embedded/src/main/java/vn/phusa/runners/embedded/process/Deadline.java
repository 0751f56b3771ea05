package vn.phusa.runners.embedded.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waiting for something that gives no signal of its own, never for longer than said. A busy machine
 * is given more time by {@code -Dphusa.timeoutFactor=}, a number above 0: every limit of the
 * embedded services and of the tests is multiplied by it.
 */
public final class Deadline {
  private static final String FACTOR = "phusa.timeoutFactor";
  private static final int MAX_FACTOR = 1_000;
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Deadline() {}

  /**
   * A limit as this machine needs it. Where a process starts, none is under two minutes.
   *
   * @throws IllegalArgumentException when the factor is no number above 0
   */
  public static Duration scaled(Duration limit) {
    return scaled(limit, System.getProperty(FACTOR, "1"));
  }

  static Duration scaled(Duration limit, String factor) {
    double times;
    try {
      times = Double.parseDouble(factor);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(refused(), e);
    }
    if (!(times > 0 && times <= MAX_FACTOR)) {
      throw new IllegalArgumentException(refused());
    }
    return Duration.ofMillis(Math.round(limit.toMillis() * times));
  }

  private static String refused() {
    return "-D" + FACTOR + ": a number above 0, " + MAX_FACTOR + " at most, expected";
  }

  /**
   * Polls until the condition holds.
   *
   * @return whether it held within the time; false too when the thread was interrupted, which stays
   *     marked
   */
  public static boolean await(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
    return true;
  }
}
