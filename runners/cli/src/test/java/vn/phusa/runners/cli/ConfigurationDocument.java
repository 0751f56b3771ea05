package vn.phusa.runners.cli;

import java.lang.reflect.Method;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import vn.phusa.options.LoadSettings;
import vn.phusa.options.StreamOptions;
import vn.phusa.runners.cli.contract.CommittedText;
import vn.phusa.runners.cli.main.Commands;
import vn.phusa.runners.jobs.runner.RunnerProfile;

/** Every option, as its interface declares it, and what the runners are set to. */
final class ConfigurationDocument {
  /** No machine has as many, so that a default that is made of them can be told. */
  private static final int CORES = 1009;

  private final StringBuilder text = new StringBuilder();
  private final Set<String> withSecrets;

  private ConfigurationDocument(Set<String> withSecrets) {
    this.withSecrets = withSecrets;
  }

  /**
   * The document.
   *
   * @param withSecrets the options whose values are read as references to secrets
   */
  static String of(String firstLine, Set<String> withSecrets) {
    ConfigurationDocument document = new ConfigurationDocument(withSecrets);
    document.text.append(firstLine).append(INTRODUCTION);
    HelpText.groups().forEach(document::group);
    document.runners();
    return document.text.toString();
  }

  private static final String INTRODUCTION =
      """


      # Configuration

      A command is told everything by its options, `--option=value`; `./phusa help COMMAND` shows those of one
      command. An unknown option, one of another command, or a malformed value ends the command with code 2
      before anything is started. A flag without a value is true.

      A duration is written as in ISO 8601: `PT30S`, `PT5M`, `P400D`. A secret is never written out: an option
      marked "by reference" holds `${env:NAME}`, `${file:/path}` or `${file:/path:key}`, or names a file whose
      secrets are such references.
      """;

  private void group(Class<? extends PipelineOptions> group, String title) {
    Map<String, List<OptionInfo>> byCommands = new LinkedHashMap<>();
    for (OptionInfo option : new OptionCatalog(List.of(group)).all()) {
      if (option.group() == group) {
        byCommands.computeIfAbsent(commands(option), none -> new ArrayList<>()).add(option);
      }
    }
    text.append("\n## ").append(title).append('\n');
    byCommands.forEach(
        (commands, options) -> {
          text.append("\nOf ").append(commands).append(".\n\n");
          text.append("| option | value | default | secret | meaning |\n|---|---|---|---|---|\n");
          options.forEach(this::row);
        });
  }

  private static String commands(OptionInfo option) {
    return String.join(
        ", ",
        Commands.all().stream()
            .filter(
                command ->
                    new OptionCatalog(command.options())
                        .all().stream().anyMatch(other -> other.equals(option)))
            .map(command -> "`" + command.name() + "`")
            .toList());
  }

  private void row(OptionInfo option) {
    text.append("| `--").append(option.name()).append("` | ").append(value(option));
    text.append(" | ").append(byDefault(option)).append(" | ").append(secret(option));
    text.append(" | ").append(CommittedText.cell(option.description())).append(" |\n");
  }

  private static String value(OptionInfo option) {
    if (option.type() != String.class) {
      return option.expected();
    }
    Object value = valueOn(DirectRunner.class, option);
    return value != null && isDuration(value.toString()) ? "a duration" : "a text";
  }

  private static boolean isDuration(String value) {
    try {
      return !LoadSettings.duration("", value).isNegative();
    } catch (IllegalArgumentException | DateTimeException e) {
      return false;
    }
  }

  private static String byDefault(OptionInfo option) {
    Object direct = valueOn(DirectRunner.class, option);
    Object flink = valueOn(FlinkRunner.class, option);
    if (direct == null && flink == null) {
      return "";
    }
    return Objects.equals(direct, flink)
        ? "`" + direct + "`"
        : "DirectRunner: `" + direct + "`, FlinkRunner: `" + flink + "`";
  }

  private String secret(OptionInfo option) {
    boolean holdsSecrets =
        withSecrets.stream()
            .anyMatch(each -> each.equals(option.name()) || each.startsWith(option.name() + " "));
    return holdsSecrets ? "by reference" : "";
  }

  private static Object valueOn(Class<? extends PipelineRunner<?>> runner, OptionInfo option) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(runner);
    // Beam has an option of this name too, which is set for Flink's bounded jobs.
    RunnerProfile.of(options).setDefaults(Set.of("streaming"), CORES);
    return values(options.as(option.group())).get(option.name());
  }

  /** What the getters of the options' own interfaces say, by the options' names. */
  private static Map<String, Object> values(PipelineOptions options) {
    Map<String, Object> values = new TreeMap<>();
    for (Class<?> type : options.getClass().getInterfaces()) {
      if (PipelineOptions.class.isAssignableFrom(type)) {
        OptionCatalog catalog = new OptionCatalog(List.of(type.asSubclass(PipelineOptions.class)));
        catalog.all().forEach(option -> values.put(option.name(), get(options, option)));
      }
    }
    return values;
  }

  private static Object get(PipelineOptions options, OptionInfo option) {
    String end =
        option.name().substring(0, 1).toUpperCase(Locale.ROOT) + option.name().substring(1);
    try {
      Method getter =
          Stream.of(option.group().getMethods())
              .filter(m -> m.getParameterCount() == 0)
              .filter(m -> m.getName().equals("get" + end) || m.getName().equals("is" + end))
              .findFirst()
              .orElseThrow();
      return getter.invoke(options.as(option.group()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the value of --" + option.name(), e);
    }
  }

  private void runners() {
    text.append(
        """

        ## The runners

        `--runner` is DirectRunner (the default) or FlinkRunner. Beam's own options of these runners can be given
        to every command. Where they are not given, they are set as follows; an empty cell is Beam's default. `demo` and
        `extract` adapt some of them further to what they show or wait for.

        | option | DirectRunner | FlinkRunner | FlinkRunner, `stream` | FlinkRunner, `stream --until=now` |
        |---|---|---|---|---|
        """);
    List<Map<String, Object>> columns =
        List.of(
            set(DirectRunner.class, options -> {}),
            set(FlinkRunner.class, options -> {}),
            set(FlinkRunner.class, options -> stream(options, false)),
            set(FlinkRunner.class, options -> stream(options, true)));
    Map<String, StringBuilder> rows = new TreeMap<>();
    columns.forEach(column -> column.keySet().forEach(name -> rows.put(name, new StringBuilder())));
    for (Map<String, Object> column : columns) {
      rows.forEach(
          (name, row) -> {
            Object value = column.get(name);
            row.append(value == null ? " |" : " " + shown(value) + " |");
          });
    }
    rows.forEach((name, row) -> text.append("| `" + name + "` |").append(row).append('\n'));
  }

  private static String shown(Object value) {
    return value.equals(CORES) ? "the cores" : "`" + value + "`";
  }

  private static void stream(PipelineOptions options, boolean endsByItself) {
    String flush = options.as(StreamOptions.class).getWarehouseFlush();
    RunnerProfile.of(options).setStreamDefaults(Set.of(), Duration.parse(flush), endsByItself);
  }

  /** What is set to another value than Beam's. */
  private static Map<String, Object> set(
      Class<? extends PipelineRunner<?>> runner, Consumer<PipelineOptions> further) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(runner);
    PipelineOptions seen =
        runner == DirectRunner.class
            ? options.as(DirectOptions.class)
            : options.as(FlinkPipelineOptions.class);
    Map<String, Object> before = values(seen);
    RunnerProfile.of(options).setDefaults(Set.of(), CORES);
    further.accept(options);
    Map<String, Object> after = values(seen);
    after.entrySet().removeIf(each -> Objects.equals(each.getValue(), before.get(each.getKey())));
    return after;
  }
}
