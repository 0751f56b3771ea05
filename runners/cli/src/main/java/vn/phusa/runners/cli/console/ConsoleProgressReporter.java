package vn.phusa.runners.cli.console;

import java.time.Clock;
import vn.phusa.runners.jobs.run.Progress;
import vn.phusa.runners.jobs.run.ProgressReporter;

/** Shows progress on a console. */
public final class ConsoleProgressReporter implements ProgressReporter {
  private final Console console;
  private final Clock clock;

  public ConsoleProgressReporter(Console console, Clock clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public Progress start(String step) {
    return new ConsoleProgress(step, console.err(), console.terminal(), clock);
  }
}
