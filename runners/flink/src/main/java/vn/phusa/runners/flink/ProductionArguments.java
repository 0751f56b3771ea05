package vn.phusa.runners.flink;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The words of a command line, as the production jar understands them. */
final class ProductionArguments {
  /** Those that describe the commands instead of running one. */
  private static final Set<String> HELP = Set.of("help", "--help", "-h");

  private static final String OF_THE_CONTEXT = "[auto]";

  private final List<String> arguments;

  ProductionArguments(List<String> arguments) {
    this.arguments = List.copyOf(arguments);
  }

  /** Why the words cannot be obeyed by this jar, in one line; empty when they can. */
  Optional<String> refusal() {
    if (arguments.isEmpty()) {
      return Optional.empty();
    }
    if (arguments.get(0).equals("demo")) {
      return Optional.of(
          "demo needs the embedded services, which this jar is without: ./phusa demo");
    }
    return asksForEmbedded()
        ? Optional.of(
            "--embedded is not available: this jar is without the embedded services; give the"
                + " services' addresses")
        : Optional.empty();
  }

  /**
   * The words with what running on a cluster needs, where they do not say otherwise: the Flink
   * runner, the cluster that {@code flink run} chose, and the jar that its workers load.
   *
   * @param jar the jar that this was started from
   */
  List<String> completed(Path jar) {
    if (arguments.isEmpty() || HELP.contains(arguments.get(0))) {
      return arguments;
    }
    List<String> all = new ArrayList<>(arguments);
    if (value("runner").isEmpty()) {
      all.add("--runner=FlinkRunner");
    }
    Optional<String> master = value("flinkMaster");
    if (master.isEmpty()) {
      all.add("--flinkMaster=" + OF_THE_CONTEXT);
    }
    // Else the runner would send all of the class path, Flink's own jars included.
    if (master.isPresent() && !master.get().startsWith("[") && value("filesToStage").isEmpty()) {
      all.add("--filesToStage=" + jar);
    }
    return all;
  }

  private boolean asksForEmbedded() {
    return arguments.contains("--embedded")
        || value("embedded")
            .filter(text -> !text.toLowerCase(Locale.ROOT).equals("false"))
            .isPresent();
  }

  private Optional<String> value(String option) {
    String start = "--" + option + "=";
    return arguments.stream()
        .filter(word -> word.startsWith(start))
        .map(word -> word.substring(start.length()))
        .findFirst();
  }
}
