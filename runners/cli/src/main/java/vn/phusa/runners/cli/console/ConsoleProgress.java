package vn.phusa.runners.cli.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import vn.phusa.runners.jobs.run.Progress;

/**
 * Rows so far and their rate: one line written over on a terminal, a line periodically in a log.
 */
final class ConsoleProgress implements Progress {
  private static final Duration ON_TERMINAL = Duration.ofMillis(200);
  private static final Duration IN_LOG = Duration.ofSeconds(10);
  private static final String ERASE_LINE = "\r\u001b[K";

  private final String step;
  private final TerminalStream err;
  private final boolean terminal;
  private final Clock clock;
  private final Instant started;
  private Instant shown;
  private boolean lineOpen;

  ConsoleProgress(String step, TerminalStream err, boolean terminal, Clock clock) {
    this.step = step;
    this.err = err;
    this.terminal = terminal;
    this.clock = clock;
    this.started = clock.instant();
    this.shown = started;
  }

  @Override
  public synchronized void rows(long soFar) {
    Instant now = clock.instant();
    if (Duration.between(shown, now).compareTo(terminal ? ON_TERMINAL : IN_LOG) < 0) {
      return;
    }
    shown = now;
    double seconds = Duration.between(started, now).toMillis() / 1000.0;
    String line =
        String.format(Locale.ROOT, "%s: %,d rows, %,.0f a second", step, soFar, soFar / seconds);
    if (terminal) {
      err.command(ERASE_LINE);
      err.print(line);
      err.flush();
      lineOpen = true;
    } else {
      err.println(line);
    }
  }

  @Override
  public synchronized void close() {
    if (lineOpen) {
      err.command(ERASE_LINE);
      lineOpen = false;
    }
  }
}
