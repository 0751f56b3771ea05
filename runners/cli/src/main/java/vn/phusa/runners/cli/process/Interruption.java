package vn.phusa.runners.cli.process;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import sun.misc.Signal;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.waiting.StopRequest;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.run.Ledger.Status;
import vn.phusa.runners.jobs.run.UnfinishedRuns;

/**
 * Lets Ctrl-C, a request to terminate and the end of a terminal end a command the way any failure
 * ends it: its thread is interrupted, statements that it waits for are cancelled, so that it writes
 * down that it was stopped and then stops its services. Shutdown hooks would stop the services
 * first. Where that takes too long, the run's end is written for it, and the process ends.
 *
 * <p>A second signal ends the process without waiting, but for its services; a third one does not
 * wait for these either.
 */
public final class Interruption {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Duration LEDGER = Duration.ofMillis(1_500);

  /** Longer than a service takes that is stopped in order. */
  private static final Duration SERVICES = Duration.ofMinutes(2);

  private final Thread worker;
  private final PrintStream err;
  private final ExitLine lastLine;
  private int signals;

  private Interruption(Thread worker, PrintStream err, ExitLine lastLine) {
    this.worker = worker;
    this.err = err;
    this.lastLine = lastLine;
  }

  /** Watches over the present thread from now on. */
  public static void watchThisThread(PrintStream err, ExitLine lastLine) {
    Interruption interruption = new Interruption(Thread.currentThread(), err, lastLine);
    for (String signal : List.of("INT", "TERM", "HUP")) {
      // One that is ignored, as under nohup, stays so.
      Signal.handle(new Signal(signal), received -> interruption.stop());
    }
  }

  private synchronized void stop() {
    signals++;
    switch (signals) {
      case 1 -> {
        StopRequest.make();
        worker.interrupt();
        inBackground("phusa-cancel", Postgres::cancelStatements);
        inBackground("phusa-interruption", this::exitInAWhile);
      }
      case 2 -> inBackground("phusa-impatience", this::exit);
      default -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
    }
  }

  private void exitInAWhile() {
    if (sleep(TIMEOUT)) {
      UnfinishedRuns.say(Status.ABORTED, "stopped", LEDGER);
      exit();
    }
  }

  /** In a thread of its own: hooks may take long, and another signal must still be heard. */
  private void exit() {
    lastLine.say(err, "stopped");
    inBackground("phusa-exit", () -> System.exit(ExitCode.INTERRUPTED.number()));
    if (sleep(SERVICES)) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
    }
  }

  private static boolean sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void inBackground(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
