package vn.phusa.runners.cli.process;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** The one line that says why the process ends, printed once, whoever is the first to know. */
public final class ExitLine {
  private final AtomicBoolean said = new AtomicBoolean();

  /** Says it, unless it was said. */
  public void say(PrintStream err, String line) {
    if (claim()) {
      err.println("phusa: " + line);
    }
  }

  /** Whether the caller is the one to say it. */
  boolean claim() {
    return said.compareAndSet(false, true);
  }
}
