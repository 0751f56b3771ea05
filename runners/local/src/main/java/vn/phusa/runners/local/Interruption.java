package vn.phusa.runners.local;

import java.time.Duration;

/**
 * Lets Ctrl-C end a command the way any failure ends it: the command's thread is interrupted, and
 * the process lives until it has tidied up, or for a while.
 */
final class Interruption {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private volatile boolean done;

  private Interruption() {}

  /** Watches over the present thread from now on. */
  static Interruption ofThisThread() {
    Interruption interruption = new Interruption();
    Thread worker = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> interruption.stop(worker), "phusa-interruption"));
    return interruption;
  }

  /** The command has ended by itself: its exit needs no interruption. */
  void done() {
    done = true;
  }

  private void stop(Thread worker) {
    if (done) {
      return;
    }
    worker.interrupt();
    try {
      worker.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
