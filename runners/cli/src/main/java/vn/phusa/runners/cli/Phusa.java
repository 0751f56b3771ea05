package vn.phusa.runners.cli;

import com.google.common.base.Suppliers;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.waiting.AnswerTimeout;
import vn.phusa.pipelines.io.waiting.StopRequest;
import vn.phusa.runners.cli.console.Console;
import vn.phusa.runners.cli.process.ExitLine;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.failure.Failure;
import vn.phusa.runners.jobs.failure.UsageException;
import vn.phusa.runners.jobs.run.Sleeper;
import vn.phusa.runners.jobs.runner.RunnerProfile;

/** From the words of a command line to an exit code. */
public final class Phusa {
  private static final Set<String> HELP = Set.of("help", "--help", "-h");

  private final List<Command> commands;
  private final Supplier<Backend> backend;
  private final Console console;
  private final Clock clock;
  private final Sleeper sleeper;
  private final ExitLine lastLine;

  public Phusa(
      List<Command> commands,
      Supplier<Backend> backend,
      Console console,
      Clock clock,
      Sleeper sleeper) {
    this(commands, backend, console, clock, sleeper, new ExitLine());
  }

  /**
   * @param lastLine where the failure is reported, unless another has reported why the process ends
   */
  public Phusa(
      List<Command> commands,
      Supplier<Backend> backend,
      Console console,
      Clock clock,
      Sleeper sleeper,
      ExitLine lastLine) {
    this.commands = commands;
    this.backend = Suppliers.memoize(backend::get);
    this.console = console;
    this.clock = clock;
    this.sleeper = sleeper;
    this.lastLine = lastLine;
  }

  /** Does what the arguments say; a failure is reported in one line on standard error. */
  public ExitCode run(String... commandLine) {
    try {
      return obey(Arrays.asList(commandLine));
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      Failure failure = Failure.of(e);
      // It is reported, and whoever continues in this thread is not to be interrupted for it.
      Thread.interrupted();
      lastLine.say(console.err(), failure.line());
      // Only now: a logger that is made earlier would be made even for help.
      Logger log = LoggerFactory.getLogger(Phusa.class);
      log.debug("the stack trace", e);
      return failure.code();
    }
  }

  private ExitCode obey(List<String> commandLine) throws Exception {
    if (commandLine.isEmpty()) {
      throw new UsageException("which command? See ./phusa help");
    }
    List<String> arguments = commandLine.subList(1, commandLine.size());
    if (HELP.contains(commandLine.get(0))) {
      return help(arguments);
    }
    Command command = command(commandLine.get(0));
    if (arguments.stream().anyMatch(word -> word.equals("--help") || word.equals("-h"))) {
      return help(List.of(command.name()));
    }
    // Else whoever waits first fails with it, in the midst of his work.
    AnswerTimeout.limit();
    CommandLine.Parsed parsed = new CommandLine(command, commands).parse(arguments);
    RunnerProfile.of(parsed.options())
        .setDefaults(parsed.given().keySet(), Runtime.getRuntime().availableProcessors());
    try (CommandContext context = new CommandContext(parsed, backend, console, clock, sleeper)) {
      return run(command, context);
    }
  }

  private static ExitCode run(Command command, CommandContext context) throws Exception {
    try {
      return command.run(context);
    } catch (Exception e) {
      if (!StopRequest.explains(e)) {
        context.services().requireRoom(e);
      }
      throw e;
    }
  }

  private ExitCode help(List<String> topics) {
    HelpText help = new HelpText(commands, console.columns());
    boolean one = !topics.isEmpty() && !topics.get(0).equals("help");
    console.out().print(one ? help.of(command(topics.get(0))) : help.overview());
    return ExitCode.DONE;
  }

  private Command command(String name) {
    return commands.stream()
        .filter(command -> command.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UsageException(unknown(name)));
  }

  private String unknown(String name) {
    List<String> names = commands.stream().map(Command::name).toList();
    return "unknown command"
        + (name.matches("[A-Za-z0-9_-]{1,40}") ? " " + name : "")
        + NearestName.to(name, names)
            .map(near -> "; did you mean " + near + "?")
            .orElse("; see ./phusa help");
  }
}
