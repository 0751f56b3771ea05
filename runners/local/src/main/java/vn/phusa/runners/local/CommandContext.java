package vn.phusa.runners.local;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.beam.sdk.options.PipelineOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.options.PhusaOptions;
import vn.phusa.runners.local.backend.Backend;
import vn.phusa.runners.local.backend.EmbeddedStores;
import vn.phusa.runners.local.backend.Warehouse;
import vn.phusa.runners.local.console.Console;
import vn.phusa.runners.local.console.ConsoleProgressReporter;
import vn.phusa.runners.local.console.ProgressReporter;
import vn.phusa.runners.local.run.Sleeper;
import vn.phusa.transforms.rules.Rules;

/** What a command was told, and what it works with. Closing it stops the services it started. */
public final class CommandContext implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommandContext.class);

  private final PipelineOptions options;
  private final Map<String, String> given;
  private final Supplier<Backend> backend;
  private final Console console;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Map<Service, EmbeddedStores.Database> started = new EnumMap<>(Service.class);
  private EmbeddedStores embedded;

  CommandContext(
      CommandLine.Parsed parsed,
      Supplier<Backend> backend,
      Console console,
      Clock clock,
      Sleeper sleeper) {
    this.options = parsed.options();
    this.given = parsed.given();
    this.backend = backend;
    this.console = console;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /** The options, as one of their interfaces. */
  public <T extends PipelineOptions> T options(Class<T> type) {
    return options.as(type);
  }

  /** Whether the option was given on the command line. */
  public boolean isGiven(String option) {
    return given.containsKey(option);
  }

  /** The options that were given on the command line, as they were written. */
  public Map<String, String> given() {
    return given;
  }

  public Backend backend() {
    return backend.get();
  }

  public Console console() {
    return console;
  }

  public Clock clock() {
    return clock;
  }

  public Sleeper sleeper() {
    return sleeper;
  }

  public ProgressReporter progress() {
    return new ConsoleProgressReporter(console, clock);
  }

  /** Whether an embedded service stands in for those that are not given. */
  public boolean isEmbedded() {
    return options.as(PhusaOptions.class).isEmbedded();
  }

  /** Whether an embedded service was started. */
  public boolean hasStartedServices() {
    return embedded != null;
  }

  /**
   * Makes sure that the services are there: those that were given are checked, the others started
   * if embedded ones are wanted. Afterwards the options name all of them.
   *
   * @throws UsageException if one is neither given nor embedded; nothing was started then
   * @throws ServiceUnusableException if one cannot be used
   */
  public void require(Service... services) throws SQLException {
    List<Service> missing = new ArrayList<>();
    List<DatabaseAddress> addresses = new ArrayList<>();
    for (Service service : services) {
      Optional<DatabaseAddress> address = service.address(options);
      address.ifPresentOrElse(addresses::add, () -> missing.add(service));
    }
    addresses.forEach(DatabaseCheck::given);
    if (!missing.isEmpty() && !isEmbedded()) {
      String names = String.join(" and ", missing.stream().map(s -> "--" + s.option()).toList());
      throw new UsageException("give " + names + " or --embedded");
    }
    addresses.forEach(DatabaseCheck::connects);
    for (Service service : missing) {
      EmbeddedStores.Database database = embedded().database(service.embeddedName());
      started.put(service, database);
      service.use(options, database);
    }
  }

  /**
   * The business rules: those built in, or those of --rules.
   *
   * @throws UsageException if the file cannot be read, or is not right
   */
  public Rules rules() {
    return RulesFile.read(options.as(PhusaOptions.class).getRules());
  }

  /** The warehouse, which {@link #require} made sure of. */
  public Warehouse warehouse() {
    return backend().warehouse(address(Service.WAREHOUSE));
  }

  /** Where a service is that {@link #require} made sure of. */
  public DatabaseAddress address(Service service) {
    return service.address(options).orElseThrow();
  }

  /** The shell command that connects to an embedded service; empty if it is not embedded. */
  public Optional<String> connectCommand(Service service) {
    return Optional.ofNullable(started.get(service)).map(PsqlCommand::of);
  }

  private synchronized EmbeddedStores embedded() {
    if (embedded == null) {
      LOG.info("starting the embedded services...");
      embedded = backend().embedded(Path.of(options.as(PhusaOptions.class).getHome()));
    }
    return embedded;
  }

  @Override
  public synchronized void close() {
    if (embedded != null) {
      embedded.close();
      embedded = null;
    }
  }
}
