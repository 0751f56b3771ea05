package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import vn.phusa.runners.cli.console.Console;
import vn.phusa.runners.cli.main.Commands;
import vn.phusa.runners.cli.main.Environment;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.run.Sleeper;

/** A command line with the real backend, within the test's process. */
public final class Launch {
  private Launch() {}

  /** How a command ended, and what it told. */
  public record Ended(ExitCode code, String told) {}

  /** Does what the words say, and fails with what was told if that is not exit code 0. */
  public static void succeeds(String... arguments) {
    Ended ended = run(Clock.systemUTC(), arguments);
    assertThat(ended.code()).as(ended.told()).isEqualTo(ExitCode.DONE);
  }

  /**
   * Does what the words say.
   *
   * @param clock what tells the pipelines the time
   */
  public static Ended run(Clock clock, String... arguments) {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(told, true, StandardCharsets.UTF_8);
    ExitCode code =
        new Phusa(
                Commands.all(),
                () -> new Environment(clock),
                new Console(stream, stream, false, 110),
                Clock.systemUTC(),
                Sleeper.REAL)
            .run(arguments);
    return new Ended(code, told.toString(StandardCharsets.UTF_8));
  }
}
