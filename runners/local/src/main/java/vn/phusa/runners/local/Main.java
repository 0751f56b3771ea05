package vn.phusa.runners.local;

import java.time.Clock;
import java.util.Arrays;
import vn.phusa.runners.local.console.Console;
import vn.phusa.runners.local.live.LiveBackend;
import vn.phusa.runners.local.run.Sleeper;

/** Where {@code ./phusa} enters. */
public final class Main {
  private Main() {}

  /** Does what the words say, and ends the process with an {@link ExitCode}. */
  public static void main(String[] words) {
    Console console = Console.ofProcess();
    console.takeOver();
    Logging.configure(isVerbose(words));
    Interruption.watchThisThread();
    ExitCode code =
        new Phusa(
                Commands.all(),
                () -> new LiveBackend(Clock.systemUTC()),
                console,
                Clock.systemUTC(),
                Sleeper.REAL)
            .run(words);
    System.exit(code.number());
  }

  /** Asked of the words themselves, since loggers are made while options are read. */
  private static boolean isVerbose(String[] words) {
    return Arrays.stream(words)
        .anyMatch(word -> word.equals("--verbose") || word.equalsIgnoreCase("--verbose=true"));
  }
}
