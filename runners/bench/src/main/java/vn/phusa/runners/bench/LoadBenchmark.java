package vn.phusa.runners.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import vn.phusa.options.LoadSettings;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.SecretReference;
import vn.phusa.pipelines.LoadDimensions;
import vn.phusa.pipelines.LoadFacts;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.ledger.RunLedger;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseSchema;
import vn.phusa.pipelines.load.TableLoad;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedServices;
import vn.phusa.runners.jobs.load.PolledLoad;
import vn.phusa.runners.jobs.load.WaveGuard;
import vn.phusa.runners.jobs.run.BoundedPipelines;
import vn.phusa.runners.jobs.runner.RunnerProfile;
import vn.phusa.transforms.rules.Rules;

/**
 * Rows a second of load-dimensions and load-facts with the runner that {@code --runner} names, and
 * of COPY of the same rows, on an embedded PostgreSQL with durable settings.
 */
public final class LoadBenchmark {
  private final BenchOptions options;
  private final LoadSettings settings;
  private final EmbeddedPostgres postgres;
  private final PrintStream out;
  private final DatabaseAddress oltp;
  private final DatabaseAddress warehouse;

  private LoadBenchmark(BenchOptions options, EmbeddedPostgres postgres, PrintStream out)
      throws SQLException {
    this.options = options;
    this.settings = LoadSettings.of(options);
    this.postgres = postgres;
    this.out = out;
    this.oltp = address("operational database", "oltpUrl", "bench_oltp");
    this.warehouse = address("warehouse", "warehouseUrl", "bench_warehouse");
  }

  public static void main(String[] arguments) throws Exception {
    measure(arguments, new PrintStream(System.out, true, StandardCharsets.UTF_8));
    System.exit(0);
  }

  /** Measures once, and tells {@code out}. */
  static void measure(String[] arguments, PrintStream out) throws Exception {
    BenchOptions options =
        PipelineOptionsFactory.fromArgs(arguments).withValidation().as(BenchOptions.class);
    Set<String> given =
        Arrays.stream(arguments)
            .map(word -> word.replaceFirst("^--", "").replaceFirst("=.*", ""))
            .collect(Collectors.toSet());
    RunnerProfile.of(options).setDefaults(given, Runtime.getRuntime().availableProcessors());
    Path home = Files.createDirectories(Path.of(options.getHome()));
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      new LoadBenchmark(options, services.postgres(), out).run();
    }
  }

  private DatabaseAddress address(String service, String option, String database)
      throws SQLException {
    return new DatabaseAddress(
        service,
        option,
        postgres.createDatabase(database),
        postgres.user(),
        SecretReference.toFile(postgres.passwordFile()));
  }

  private void run() throws SQLException, IOException {
    recreate();
    try (Connection connection = Postgres.open(oltp)) {
      new BenchShop(connection).create(options.getCustomers(), options.getSales());
    }
    out.printf(
        Locale.ROOT,
        "%s, %d cores, heap %d MB, PostgreSQL with fsync %s%n",
        options.getRunner().getSimpleName(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20,
        setting("fsync"));
    TableLoad customers = LoadDimensions.tables().get(0);
    TableLoad products = LoadDimensions.tables().get(1);
    TableLoad orders = LoadFacts.tables().get(0);
    if (options.isFactsOnly()) {
      load("first load", orders);
      return;
    }
    if (options.isWarmUp()) {
      load("(warming up)", customers);
      emptyWarehouse();
    }
    double customersFirst = load("first load", customers);
    load("first load", products);
    double ordersFirst = load("first load", orders);
    try (Connection connection = Postgres.open(oltp)) {
      new BenchShop(connection).change();
    }
    load("1 % changed", customers);
    load("1 % changed", orders);
    load("nothing changed", customers);
    load("nothing changed", orders);
    compare("dim_customer", options.getCustomers(), customersFirst);
    compare("fact_sales", options.getSales(), ordersFirst);
  }

  private double load(String what, TableLoad table) throws SQLException {
    RunId run =
        new RunLedger(Postgres.dataSource(warehouse)).begin("bench", Map.of("table", table.step()));
    PolledLoad load =
        new PolledLoad(
            new BoundedPipelines(options),
            settings,
            oltp,
            warehouse,
            Rules.defaults(),
            run,
            WaveGuard.ALWAYS);
    long begun = System.nanoTime();
    RowCounts counts = load.load(table, rows -> {});
    double loaded = seconds(Duration.ofNanos(System.nanoTime() - begun));
    long settling = System.nanoTime();
    long rekeyed = load.rekey();
    double settled = seconds(Duration.ofNanos(System.nanoTime() - settling));
    out.printf(
        Locale.ROOT,
        "%-16s %-9s read %9d loaded %9d skipped %9d rejected %d  %7.2f s  %9.0f rows/s"
            + "  (settling %d facts %.2f s)%n",
        what,
        table.table().kind(),
        counts.read(),
        counts.loaded(),
        counts.skipped(),
        counts.rejected(),
        loaded,
        counts.read() / loaded,
        rekeyed,
        settled);
    return loaded + settled;
  }

  private void compare(String table, long rows, double loadSeconds)
      throws SQLException, IOException {
    try (Connection connection = Postgres.open(warehouse)) {
      Duration copy = CopyBaseline.measure(connection, table);
      out.printf(
          Locale.ROOT,
          "COPY             %-12s %7.2f s  %9.0f rows/s   load / COPY in rows a second: %.2f%n",
          table,
          seconds(copy),
          rows / seconds(copy),
          seconds(copy) / loadSeconds);
    }
  }

  private void emptyWarehouse() throws SQLException {
    try (Connection connection = Postgres.open(warehouse);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "DELETE FROM dim_customer WHERE customer_key <> -1; TRUNCATE etl_watermark, scd_change");
    }
    try (Connection connection = Postgres.open(warehouse);
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM FULL dim_customer");
    }
  }

  private void recreate() throws SQLException {
    for (String database : new String[] {"bench_oltp", "bench_warehouse"}) {
      postgres.dropDatabase(database);
      postgres.createDatabase(database);
    }
    WarehouseSchema.migrate(Postgres.dataSource(warehouse), warehouse.schema(), Rules.defaults());
  }

  private String setting(String name) throws SQLException {
    try (Connection connection = Postgres.open(warehouse);
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("SHOW " + name)) {
      row.next();
      return row.getString(1);
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
