package vn.phusa.runners.jobs.flink;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.flink.util.concurrent.FutureUtils;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * How what was started is closed: each when the one that was started after it has closed, also
 * where that failed.
 */
final class CloseOrder {
  private final Deque<Supplier<CompletableFuture<?>>> newestFirst = new ArrayDeque<>();

  /** Adds what is closed before all that were added until now. */
  synchronized void before(Supplier<CompletableFuture<?>> close) {
    newestFirst.push(close);
  }

  /** As {@link #before}, of what closes at once. */
  void atLast(ThrowingRunnable<Exception> close) {
    before(now(close));
  }

  /** Something that closes at once, as something that takes its time. */
  Supplier<CompletableFuture<?>> now(ThrowingRunnable<Exception> close) {
    return () -> {
      try {
        close.run();
        return FutureUtils.completedVoidFuture();
      } catch (Exception e) {
        return FutureUtils.completedExceptionally(e);
      }
    };
  }

  /** Closes all of them; ends with the first failure. */
  synchronized CompletableFuture<Void> all() {
    CompletableFuture<Void> closed = FutureUtils.completedVoidFuture();
    for (Supplier<CompletableFuture<?>> close : newestFirst) {
      closed = FutureUtils.composeAfterwards(closed, close::get);
    }
    newestFirst.clear();
    return closed;
  }
}
