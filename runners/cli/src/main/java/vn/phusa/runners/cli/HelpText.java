package vn.phusa.runners.cli;

import java.beans.Introspector;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.commons.text.WordUtils;
import vn.phusa.options.ExtractOptions;
import vn.phusa.options.ExtractionOptions;
import vn.phusa.options.HousekeepingOptions;
import vn.phusa.options.KafkaOptions;
import vn.phusa.options.LoadOptions;
import vn.phusa.options.MarketplaceOptions;
import vn.phusa.options.MigrateOptions;
import vn.phusa.options.OltpOptions;
import vn.phusa.options.PhusaOptions;
import vn.phusa.options.RedisOptions;
import vn.phusa.options.ReplayOptions;
import vn.phusa.options.RetryOptions;
import vn.phusa.options.RunOptions;
import vn.phusa.options.SampleOptions;
import vn.phusa.options.StagingOptions;
import vn.phusa.options.StreamOptions;
import vn.phusa.options.TlsOptions;
import vn.phusa.options.WarehouseOptions;
import vn.phusa.options.WindowOptions;

/** What {@code ./phusa help} prints. */
final class HelpText {
  private static final Map<Class<? extends PipelineOptions>, String> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put(OltpOptions.class, "The operational database");
    GROUPS.put(WarehouseOptions.class, "The warehouse");
    GROUPS.put(MigrateOptions.class, "The warehouse's roles");
    GROUPS.put(StagingOptions.class, "The staging database");
    GROUPS.put(MarketplaceOptions.class, "Marketplaces and feeds");
    GROUPS.put(ExtractionOptions.class, "Extracting");
    GROUPS.put(ExtractOptions.class, "Extracting until it is stopped");
    GROUPS.put(KafkaOptions.class, "Kafka");
    GROUPS.put(RedisOptions.class, "Redis");
    GROUPS.put(LoadOptions.class, "Loading");
    GROUPS.put(StreamOptions.class, "Streaming");
    GROUPS.put(WindowOptions.class, "Windows");
    GROUPS.put(ReplayOptions.class, "Replay");
    GROUPS.put(RetryOptions.class, "Failures");
    GROUPS.put(HousekeepingOptions.class, "Housekeeping");
    GROUPS.put(RunOptions.class, "A run that was stopped");
    GROUPS.put(SampleOptions.class, "The demonstration");
    GROUPS.put(TlsOptions.class, "TLS and logins");
    GROUPS.put(PhusaOptions.class, "Every command");
  }

  private final Collection<Command> commands;
  private final int columns;

  HelpText(Collection<Command> commands, int columns) {
    this.commands = commands;
    this.columns = columns;
  }

  /** The interfaces that options are shown by, with their titles, in the order of help. */
  static Map<Class<? extends PipelineOptions>, String> groups() {
    return Collections.unmodifiableMap(GROUPS);
  }

  /** All commands. */
  String overview() {
    StringBuilder text = new StringBuilder("Usage: ./phusa COMMAND [--option=value ...]\n\n");
    for (Command command : commands) {
      text.append(entry(command.name(), command.summary(), 19));
    }
    text.append(entry("help", "shows this; help COMMAND shows the options of one command", 19));
    return text.append(
            """

            Exit codes: 0 done, 2 wrong options, 3 a source or sink cannot be used,
            4 the pipeline failed, 5 a quality gate failed, 6 another run is active.
            """)
        .toString();
  }

  /** One command with its options. */
  String of(Command command) {
    StringBuilder text =
        new StringBuilder(
                String.format(
                    Locale.ROOT, "Usage: ./phusa %s [--option=value ...]\n\n", command.name()))
            .append(wrapped(command.name() + " " + command.summary() + ".", ""));
    OptionCatalog catalog = new OptionCatalog(command.options());
    PipelineOptions defaults = PipelineOptionsFactory.create();
    GROUPS.forEach(
        (group, title) -> {
          List<OptionInfo> options =
              catalog.all().stream().filter(option -> option.group() == group).toList();
          if (!options.isEmpty()) {
            text.append('\n').append(title).append('\n');
            options.forEach(option -> text.append(entry(option, defaults)));
          }
        });
    return text.append(runner()).toString();
  }

  private String runner() {
    return "\nThe runner\n"
        + entry("--runner=...", "DirectRunner or FlinkRunner. Default: DirectRunner", 28)
        + entry("--targetParallelism=...", "DirectRunner: threads. Default: the cores", 28)
        + entry(
            "--parallelism=...",
            "FlinkRunner: parallel tasks. Default: the cores, or what the cluster says",
            28)
        + entry("--flinkMaster=...", "FlinkRunner: where. Default: [local], in this process", 28)
        + wrapped("Beam's other options of these runners can be given as well.", "  ");
  }

  private String entry(OptionInfo option, PipelineOptions defaults) {
    Object value = defaultOf(option, defaults);
    String description =
        option.description()
            + (value == null || Boolean.FALSE.equals(value) ? "" : " Default: " + value);
    String name = "--" + option.name() + (option.isFlag() ? "" : "=...");
    return entry(name, description, 28);
  }

  private String entry(String name, String description, int indent) {
    String[] lines = WordUtils.wrap(description, columns - indent).split("\n");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.length; i++) {
      String start = i == 0 ? "  " + name : "";
      text.append(start).append(" ".repeat(Math.max(1, indent - start.length())));
      text.append(lines[i]).append('\n');
    }
    return text.toString();
  }

  private String wrapped(String arguments, String indent) {
    return WordUtils.wrap(arguments, columns - indent.length()).indent(indent.length());
  }

  private static Object defaultOf(OptionInfo option, PipelineOptions defaults) {
    PipelineOptions group = defaults.as(option.group());
    for (Method method : option.group().getMethods()) {
      String name = method.getName();
      if (method.getParameterCount() == 0
          && (name.startsWith("get") || name.startsWith("is"))
          && Introspector.decapitalize(name.replaceFirst("^(get|is)", "")).equals(option.name())) {
        try {
          return method.invoke(group);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("the default of --" + option.name(), e);
        }
      }
    }
    return null;
  }
}
