package vn.phusa.runners.cli;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.MarketplaceOptions;
import vn.phusa.options.PhusaOptions;
import vn.phusa.pipelines.io.marketplace.spec.Marketplaces;
import vn.phusa.runners.cli.console.Console;
import vn.phusa.runners.cli.console.ConsoleProgressReporter;
import vn.phusa.runners.jobs.failure.UsageException;
import vn.phusa.runners.jobs.load.RulesFile;
import vn.phusa.runners.jobs.preflight.Needs;
import vn.phusa.runners.jobs.preflight.Service;
import vn.phusa.runners.jobs.preflight.Services;
import vn.phusa.runners.jobs.run.ClusterJobs;
import vn.phusa.runners.jobs.run.Ledger;
import vn.phusa.runners.jobs.run.ProgressReporter;
import vn.phusa.runners.jobs.run.RunKind;
import vn.phusa.runners.jobs.run.Sleeper;
import vn.phusa.runners.jobs.runner.RunnerProfile;
import vn.phusa.runners.jobs.warehouse.WarehousePort;
import vn.phusa.transforms.rules.Rules;

/** What a command was given, and what it works with. Closing it stops the services it started. */
public final class CommandContext implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommandContext.class);
  private static final ZoneOffset VIETNAM = ZoneOffset.ofHours(7);

  private final PipelineOptions options;
  private final Map<String, String> given;
  private final Supplier<Backend> backend;
  private final Console console;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Services services;
  private final ReadOnce<Rules> rules = new ReadOnce<>(this::readRules);
  private final ReadOnce<Marketplaces> marketplaces = new ReadOnce<>(Marketplaces::read);

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
    this.services = new Services(options, home -> backend().embedded(home));
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

  /** As {@link Services#require(Needs)}, for services that are all needed. */
  public void require(Service... needed) throws SQLException {
    require(Needs.allOf(needed));
  }

  /** As {@link Services#require(Needs)}; the pipelines' own service, Flink, is checked too. */
  public void require(Needs needs) throws SQLException {
    RunnerProfile.of(options).requireUsable();
    services.require(needs);
  }

  /** What {@link #require} made sure of. */
  public Services services() {
    return services;
  }

  /**
   * The business rules: those built in, or those of --rules, as they stand when they are first
   * asked for. Warns then of an exchange rate that is out of date.
   *
   * @throws UsageException if the file cannot be read, or is not right
   */
  public Rules rules() {
    return rules.of(options.as(PhusaOptions.class).getRules());
  }

  private Rules readRules(@Nullable String file) {
    Rules read = RulesFile.read(file);
    LocalDate today = clock.instant().atOffset(VIETNAM).toLocalDate();
    RulesFile.staleRate(read, today).ifPresent(LOG::warn);
    return read;
  }

  /**
   * The marketplaces and feeds: those built in, or changed by --marketplaces, as they stand when
   * they are first asked for; the simulated ones as soon as they are started.
   *
   * @throws InvalidOptionException if the file cannot be read, or is not right
   */
  public Marketplaces marketplaces() {
    return marketplaces.of(options.as(MarketplaceOptions.class).getMarketplaces());
  }

  /** The warehouse, which {@link #require} made sure of. */
  public WarehousePort warehouse() {
    return backend().warehouse(services.warehouse().orElseThrow());
  }

  /** The warehouse's runs of a kind; its lock ends jobs that were left on the options' cluster. */
  public Ledger ledger(RunKind kind) {
    return warehouse().ledger(kind, ClusterJobs.of(options));
  }

  @Override
  public void close() {
    services.close();
  }
}
