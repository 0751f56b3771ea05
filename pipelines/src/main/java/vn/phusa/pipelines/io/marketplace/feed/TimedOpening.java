package vn.phusa.pipelines.io.marketplace.feed;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens a file on a thread of its own: where somebody puts a pipe in its place just then, the call
 * that opens it waits for a writer, and neither an interruption nor anything else ends it.
 */
final class TimedOpening {
  private TimedOpening() {}

  /** How a file is opened. */
  @FunctionalInterface
  interface Opening {
    SeekableByteChannel open() throws IOException;
  }

  /**
   * Opens it.
   *
   * @throws IOException if it cannot be opened, or not in that time
   */
  static SeekableByteChannel open(Opening opening, Duration limit) throws IOException {
    CompletableFuture<SeekableByteChannel> opened =
        CompletableFuture.supplyAsync(() -> unchecked(opening), TimedOpening::run);
    try {
      return opened.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      closeLater(opened);
      throw new IOException("it does not open");
    } catch (InterruptedException e) {
      closeLater(opened);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CompletionException wrapped
          && wrapped.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    }
  }

  private static SeekableByteChannel unchecked(Opening opening) {
    try {
      return opening.open();
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private static void run(Runnable task) {
    Thread thread = new Thread(task, "phusa-opens-a-file");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeLater(CompletableFuture<SeekableByteChannel> opened) {
    CompletableFuture<Void> unused =
        opened.thenAccept(
            channel -> {
              try {
                channel.close();
              } catch (IOException e) {
                // Nobody reads it.
              }
            });
  }
}
