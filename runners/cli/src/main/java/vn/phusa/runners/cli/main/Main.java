package vn.phusa.runners.cli.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import vn.phusa.runners.cli.Phusa;
import vn.phusa.runners.cli.console.Console;
import vn.phusa.runners.cli.process.ExitLine;
import vn.phusa.runners.cli.process.Interruption;
import vn.phusa.runners.cli.process.OutOfMemory;
import vn.phusa.runners.cli.process.ProcessFolder;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.run.Sleeper;
import vn.phusa.runners.jobs.runner.Logging;

/** Where {@code ./phusa} enters. */
public final class Main {
  private Main() {}

  /** Does what the words say, and ends the process with an {@link ExitCode}. */
  public static void main(String[] arguments) {
    Console console = Console.ofProcess();
    console.takeOver();
    ExitLine lastLine = new ExitLine();
    Interruption.watchThisThread(console.err(), lastLine);
    Logging.configure(isVerbose(arguments));
    Phusa phusa =
        new Phusa(
            Commands.all(),
            () -> new Environment(Clock.systemUTC()),
            console,
            Clock.systemUTC(),
            Sleeper.REAL,
            lastLine);
    String folder = System.getProperty(ProcessFolder.PROPERTY);
    ExitCode code =
        folder == null ? phusa.run(arguments) : runIn(Path.of(folder), lastLine, phusa, arguments);
    System.exit(code.number());
  }

  /** With what the launcher made for this process. */
  private static ExitCode runIn(Path path, ExitLine lastLine, Phusa phusa, String[] arguments) {
    try (ProcessFolder folder = ProcessFolder.take(path)) {
      OutOfMemory memory = OutOfMemory.watch(path, lastLine);
      folder.removeLeftBehind(Clock.systemUTC());
      ExitCode code = phusa.run(arguments);
      return memory.isMet() ? ExitCode.PIPELINE_FAILED : code;
    } catch (IOException e) {
      throw new UncheckedIOException("the launcher's folder cannot be used", e);
    }
  }

  /** Asked of the words themselves, since loggers are made while options are read. */
  private static boolean isVerbose(String[] arguments) {
    return Arrays.stream(arguments)
        .anyMatch(word -> word.equals("--verbose") || word.equalsIgnoreCase("--verbose=true"));
  }
}
