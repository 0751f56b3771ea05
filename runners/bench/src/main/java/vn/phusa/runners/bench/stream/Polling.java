package vn.phusa.runners.bench.stream;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what others do, never for ever. */
final class Polling {
  private static final long PAUSE_MILLIS = 50;

  private Polling() {}

  /**
   * Polls.
   *
   * @param what for the failure's text
   * @throws IllegalStateException when it did not happen in time
   */
  static void until(Duration most, String what, Callable<Boolean> happened)
      throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (!poll(what, happened)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static boolean poll(String what, Callable<Boolean> happened) throws InterruptedException {
    try {
      return happened.call();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("cannot poll " + what, e);
    }
  }
}
