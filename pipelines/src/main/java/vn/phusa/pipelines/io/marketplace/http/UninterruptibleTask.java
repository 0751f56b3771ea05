package vn.phusa.pipelines.io.marketplace.http;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs what must come to its end once it has begun, though its caller is interrupted: a refresh
 * token that was sent is used up, and the answer is the only one there is.
 */
public final class UninterruptibleTask {
  private UninterruptibleTask() {}

  /** What is run. */
  @FunctionalInterface
  public interface Task<T> {
    /**
     * Runs on a thread of its own.
     *
     * @param begun is to be run where it begins: from there on nothing interrupts it. What it
     *     throws, when the caller is no longer there, is to go through.
     */
    public T call(Runnable begun) throws Exception;
  }

  /**
   * Waits for a task, and fails as it fails.
   *
   * @throws InterruptedException if the caller is interrupted; by then the task has ended, or will
   *     not begin
   */
  public static <T> T call(String name, Task<T> task) throws InterruptedException {
    AtomicBoolean isDecided = new AtomicBoolean();
    Runnable begun =
        () -> {
          if (!isDecided.compareAndSet(false, true)) {
            throw new CancellationException();
          }
        };
    FutureTask<T> running = new FutureTask<>(() -> task.call(begun));
    Thread thread = new Thread(running, name);
    thread.setDaemon(true);
    thread.start();
    try {
      return Futures.await(running);
    } catch (InterruptedException e) {
      if (isDecided.compareAndSet(false, true)) {
        running.cancel(true);
      } else {
        awaitEnd(running);
      }
      throw e;
    }
  }

  private static void awaitEnd(FutureTask<?> running) {
    try {
      Uninterruptibles.getUninterruptibly(running);
    } catch (ExecutionException e) {
      // Nobody waits for the result any more.
      return;
    }
  }
}
