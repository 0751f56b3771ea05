package vn.phusa.runners.local;

import java.time.Duration;
import sun.misc.Signal;

/**
 * Lets Ctrl-C and a request to terminate end a command the way any failure ends it: its thread is
 * interrupted, so that it writes down that it was stopped and then stops its services. Shutdown
 * hooks would stop the services first.
 */
final class Interruption {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Thread worker;
  private boolean asked;

  private Interruption(Thread worker) {
    this.worker = worker;
  }

  /** Watches over the present thread from now on. */
  static void watchThisThread() {
    Interruption interruption = new Interruption(Thread.currentThread());
    Signal.handle(new Signal("INT"), signal -> interruption.stop());
    Signal.handle(new Signal("TERM"), signal -> interruption.stop());
  }

  private synchronized void stop() {
    if (asked) {
      exit();
      return;
    }
    asked = true;
    worker.interrupt();
    Thread impatience = new Thread(this::exitInAWhile, "phusa-interruption");
    impatience.setDaemon(true);
    impatience.start();
  }

  private void exitInAWhile() {
    try {
      Thread.sleep(PATIENCE.toMillis());
      exit();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** In a thread of its own: hooks may take long, and another signal must still be heard. */
  private static void exit() {
    new Thread(() -> System.exit(ExitCode.INTERRUPTED.number()), "phusa-exit").start();
  }
}
