package vn.phusa.runners.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.ExperimentalOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import vn.phusa.runners.jobs.failure.UsageException;

/** Reads the options of one command: strictly, and with one line for what is wrong. */
final class CommandLine {
  private static final List<Class<? extends PipelineOptions>> RUNNER_OPTIONS =
      List.of(DirectOptions.class, FlinkPipelineOptions.class, ExperimentalOptions.class);

  private final Command command;
  private final Collection<Command> commands;
  private final OptionCatalog known;

  CommandLine(Command command, Collection<Command> commands) {
    this.command = command;
    this.commands = commands;
    List<Class<? extends PipelineOptions>> interfaces = new ArrayList<>(RUNNER_OPTIONS);
    interfaces.addAll(command.options());
    this.known = new OptionCatalog(interfaces);
  }

  /**
   * What was read.
   *
   * @param given the options that were given, by name, as they were written
   */
  record Parsed(PipelineOptions options, Map<String, String> given) {}

  /**
   * Reads them.
   *
   * @throws UsageException for the first that is unknown, of another command, or malformed
   */
  Parsed parse(List<String> arguments) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    for (String argument : arguments) {
      byName.computeIfAbsent(nameOf(argument), name -> new ArrayList<>()).add(argument);
    }
    byName.forEach(this::check);
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs(arguments.toArray(new String[0])).create();
    Map<String, String> given = new LinkedHashMap<>();
    byName.forEach((name, commandLine) -> given.put(name, values(commandLine)));
    return new Parsed(options, given);
  }

  private String nameOf(String argument) {
    if (!argument.startsWith("--") || argument.length() == 2) {
      // Not repeated: it may be a secret that slipped out of its option.
      throw new UsageException("options are --name=value; see ./phusa help " + command.name());
    }
    String name = argument.substring(2).split("=", 2)[0];
    if (known.get(name) == null) {
      throw new UsageException(unknown(name));
    }
    return name;
  }

  /** The words behind the equals signs; a flag without one is true. */
  private static String values(List<String> commandLine) {
    return commandLine.stream()
        .map(word -> word.contains("=") ? word.substring(word.indexOf('=') + 1) : "true")
        .collect(Collectors.joining(","));
  }

  private String unknown(String name) {
    List<String> owners =
        commands.stream()
            .filter(other -> new OptionCatalog(other.options()).get(name) != null)
            .map(Command::name)
            .toList();
    if (!owners.isEmpty()) {
      return String.format(
          Locale.ROOT,
          "--%s is not an option of %s (but of %s)",
          name,
          command.name(),
          String.join(", ", owners));
    }
    Set<String> names = known.all().stream().map(OptionInfo::name).collect(Collectors.toSet());
    return "unknown option --"
        + name
        + NearestName.to(name, names)
            .map(near -> "; did you mean --" + near + "?")
            .orElse("; see ./phusa help " + command.name());
  }

  /** Beam does not name the option that it cannot read, so that each is read by itself first. */
  private void check(String name, List<String> arguments) {
    OptionInfo info = known.get(name);
    if (!info.isFlag() && !arguments.get(0).contains("=")) {
      throw new UsageException("--" + name + " needs a value: --" + name + "=...");
    }
    boolean many = Collection.class.isAssignableFrom(info.type()) || info.type().isArray();
    if (arguments.size() > 1 && !many && !Map.class.isAssignableFrom(info.type())) {
      throw new UsageException("--" + name + " is given twice");
    }
    try {
      PipelineOptionsFactory.fromArgs(arguments.toArray(new String[0])).create();
    } catch (RuntimeException e) {
      throw new UsageException("--" + name + ": " + info.expected() + " expected");
    }
  }
}
