package vn.phusa.runners.flink.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the environment of a cluster's TaskManagers, which they have from who started them, holds
 * what a command's references name. A job that finds it missing would be started again for ever.
 */
final class TaskManagerSecrets {
  private static final Pattern OPTION = Pattern.compile("--([A-Za-z0-9]+)=(.*)", Pattern.DOTALL);
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)}");

  /** Options with a file that may hold references too. */
  private static final Set<String> FILES = Set.of("marketplaces", "kafkaProperties");

  private final List<ClusterProcess> processes;

  TaskManagerSecrets(List<ClusterProcess> processes) {
    this.processes = processes.stream().filter(process -> !process.isJobManager()).toList();
  }

  /**
   * What is missing, a line for each option.
   *
   * @param arguments those of a command of ./phusa
   */
  List<String> missing(List<String> arguments) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String argument : arguments) {
      Matcher option = OPTION.matcher(argument);
      if (option.matches()) {
        for (String name : names(option)) {
          String lacking = lacking(name);
          if (!lacking.isEmpty()) {
            lines.add(
                "--"
                    + option.group(1)
                    + ": ${env:"
                    + name
                    + "} is not set in the environment of "
                    + lacking
                    + "; cluster.sh stop, and start it with it");
          }
        }
      }
    }
    return lines;
  }

  /** Those of the value, and of a file of settings that it names. */
  private static Set<String> names(Matcher option) throws IOException {
    String text = option.group(2);
    if (FILES.contains(option.group(1)) && Files.isReadable(Path.of(text))) {
      text = Files.readString(Path.of(text), StandardCharsets.ISO_8859_1);
    }
    return REFERENCE
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private String lacking(String name) throws IOException {
    List<String> lacking = new ArrayList<>();
    for (ClusterProcess process : processes) {
      if (variables(process).noneMatch(variable -> variable.startsWith(name + "="))) {
        lacking.add(process.name());
      }
    }
    return String.join(", ", lacking);
  }

  private static Stream<String> variables(ClusterProcess process) throws IOException {
    Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
    return Stream.of(Files.readString(environment, StandardCharsets.ISO_8859_1).split("\0"));
  }
}
