package vn.phusa.runners.embedded;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for something that gives no signal of its own, never for longer than said. */
public final class Deadline {
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Deadline() {}

  /**
   * Looks again and again until the condition holds.
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
