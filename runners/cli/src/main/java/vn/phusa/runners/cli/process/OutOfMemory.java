package vn.phusa.runners.cli.process;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.failure.HeapExhaustion;
import vn.phusa.runners.jobs.run.Ledger.Status;
import vn.phusa.runners.jobs.run.UnfinishedRuns;

/**
 * Ends the process when it is out of memory, whichever thread meets that and whoever swallows it: a
 * library's thread that dies, or a server within the process that answers with an error, would else
 * be waited for without end.
 *
 * <p>The JVM itself reports its first OutOfMemoryError, by the command of {@code
 * -XX:OnOutOfMemoryError}, which writes to a pipe that the launcher has made. The thread that reads
 * it has everything at hand that it needs: there may be no memory for anything else.
 */
public final class OutOfMemory {
  /** The pipe's name in the folder of the process. */
  static final String PIPE = "memory";

  private static final Duration LEDGER = Duration.ofMillis(1_500);

  /** How long the services may take to stop in order. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final int ATTEMPTS = 100;

  /** What is let go for the sake of the end. */
  private static final int RESERVE = 1 << 20;

  private final FileInputStream pipe;
  private final FileOutputStream err;
  private final byte[] line;
  private final ExitLine lastLine;
  private final CountDownLatch met = new CountDownLatch(1);
  private final int exitCode = ExitCode.PIPELINE_FAILED.number();
  private final long timeoutMillis = TIMEOUT.toMillis();
  private final AtomicReference<byte[]> reserve = new AtomicReference<>(new byte[RESERVE]);

  private OutOfMemory(FileInputStream pipe, ExitLine lastLine) {
    this.pipe = pipe;
    this.err = new FileOutputStream(FileDescriptor.err);
    this.line = ("phusa: " + HeapExhaustion.line() + "\n").getBytes(StandardCharsets.UTF_8);
    this.lastLine = lastLine;
  }

  /**
   * Watches from now on.
   *
   * @param folder the folder of the process, with the pipe
   * @throws IOException if there is no pipe
   */
  public static OutOfMemory watch(Path folder, ExitLine lastLine) throws IOException {
    FileInputStream pipe = new FileInputStream(folder.resolve(PIPE).toFile());
    OutOfMemory watching = new OutOfMemory(pipe, lastLine);
    watching.load();
    start("phusa-out-of-memory-end", watching::endInOrder);
    start("phusa-out-of-memory", watching::await);
    return watching;
  }

  /** Loads what an end needs: later there may be no memory for that. */
  private void load() throws IOException {
    err.write(line, 0, 0);
    new ExitLine().claim();
    new CountDownLatch(1).countDown();
    Thread hook = new Thread(() -> {}, "phusa-no-hook");
    Runtime.getRuntime().addShutdownHook(hook);
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  /** Whether the process has met it, and is about to end. */
  public boolean isMet() {
    return met.getCount() == 0;
  }

  private void await() {
    try {
      if (pipe.read() < 0) {
        return;
      }
      reserve.set(null);
      report();
      met.countDown();
      Thread.sleep(timeoutMillis);
    } catch (IOException | InterruptedException | OutOfMemoryError e) {
      met.countDown();
    }
    while (true) {
      try {
        Runtime.getRuntime().halt(exitCode);
      } catch (OutOfMemoryError e) {
        // Again: others let go of memory, or die.
        continue;
      }
    }
  }

  private void report() throws IOException {
    if (!lastLine.claim()) {
      return;
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        err.write(line, 0, line.length);
        return;
      } catch (OutOfMemoryError e) {
        // Others let go of memory, or die.
        continue;
      }
    }
  }

  /** With what memory there is: the other thread does not wait for it for long. */
  private void endInOrder() {
    try {
      met.await();
      UnfinishedRuns.say(Status.FAILED, "out of memory", LEDGER);
    } catch (InterruptedException | OutOfMemoryError e) {
      // The next start finds out.
    }
    System.exit(exitCode);
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
