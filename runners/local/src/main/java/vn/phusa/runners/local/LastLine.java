package vn.phusa.runners.local;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** The one line that tells why the process ends, said once, whoever is the first to know. */
final class LastLine {
  private final AtomicBoolean said = new AtomicBoolean();

  /** Says it, unless it was said. */
  void say(PrintStream err, String line) {
    if (claim()) {
      err.println("phusa: " + line);
    }
  }

  /** Whether the caller is the one to say it. */
  boolean claim() {
    return said.compareAndSet(false, true);
  }
}
