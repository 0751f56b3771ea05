package vn.phusa.pipelines.io.waiting;

import com.mongodb.MongoInterruptedException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Whether this process, or the present thread, was asked to stop: the one way to distinguish a
 * failure that is an answer to that from one of its own.
 */
public final class StopRequest {
  private static volatile boolean made;

  private StopRequest() {}

  /**
   * Says that the process was asked to stop, as by a signal. It cannot be taken back: from now on
   * whatever fails fails for that reason, also where a library swallowed the interruption.
   */
  public static void make() {
    made = true;
  }

  /** Whether the process was asked to stop. */
  public static boolean isMade() {
    return made;
  }

  /**
   * Whether a failure of the present thread's work comes from a request to stop: the process was
   * asked, the thread is marked as interrupted, or the failure or one of its causes is a kind of
   * interruption, however it is wrapped.
   */
  public static boolean explains(Throwable failure) {
    return made || Thread.currentThread().isInterrupted() || isInterruption(failure);
  }

  private static boolean isInterruption(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable e = failure; e != null && seen.add(e); e = e.getCause()) {
      boolean is =
          e instanceof InterruptedException
              || e instanceof ClosedByInterruptException
              || e instanceof FileLockInterruptionException
              || e instanceof InterruptException
              || e instanceof MongoInterruptedException
              // Of the same family by descent, and not by meaning.
              || (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException));
      if (is) {
        return true;
      }
    }
    return false;
  }

  /**
   * Does what must be done though the thread was interrupted, such as writing down that it was: the
   * mark would make connecting to a database fail. Afterwards the thread is marked as before.
   *
   * @param <E> what it may throw
   */
  public static <E extends Exception> void despite(Work<E> work) throws E {
    boolean interrupted = Thread.interrupted();
    try {
      work.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * What must be done.
   *
   * @param <E> what it may throw
   */
  @FunctionalInterface
  public interface Work<E extends Exception> {
    void run() throws E;
  }
}
