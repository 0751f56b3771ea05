package vn.phusa.runners.bench.extract;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.MongoAddress;
import vn.phusa.options.address.SecretReference;
import vn.phusa.options.address.TrustedAuthorities;
import vn.phusa.pipelines.io.marketplace.spec.Marketplaces;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.staging.Staging;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.ledger.RunLedger;
import vn.phusa.pipelines.io.warehouse.ledger.RunStatus;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseSchema;
import vn.phusa.runners.embedded.EmbeddedServices;
import vn.phusa.runners.jobs.extract.ExtractSettings;
import vn.phusa.runners.jobs.extract.ExtractSetup;
import vn.phusa.runners.jobs.extract.ExtractionJob;
import vn.phusa.runners.jobs.extract.ExtractionResult;
import vn.phusa.runners.jobs.run.BoundedPipelines;
import vn.phusa.runners.jobs.runner.RunnerProfile;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.transforms.rules.Rules;

/**
 * Records a second from a simulated platform into staging, beside a plain loop over the same one;
 * and how long four platforms at once take, beside the slowest of them alone. The platforms and
 * staging are in this process too, as new for each measurement.
 */
public final class ExtractBenchmark {
  private static final String DATABASE = "bench_extract";

  /** The plain loop counts offsets on, and does not begin anew by time, as the extraction does. */
  private static final int MAX_RECORDS = 10_000;

  private final ExtractBenchOptions options;
  private final ExtractSettings settings;
  private final EmbeddedServices services;
  private final Path home;
  private final PrintStream out;
  private final DatabaseAddress warehouse;
  private final MongoAddress staging;

  private ExtractBenchmark(
      ExtractBenchOptions options, EmbeddedServices services, Path home, PrintStream out)
      throws SQLException {
    this.options = options;
    this.settings = ExtractSettings.of(options);
    this.services = services;
    this.home = home;
    this.out = out;
    services.postgres().dropDatabase(DATABASE);
    this.warehouse =
        new DatabaseAddress(
            "warehouse",
            "warehouseUrl",
            services.postgres().createDatabase(DATABASE),
            services.postgres().user(),
            SecretReference.toFile(services.postgres().passwordFile()));
    this.staging =
        new MongoAddress(
            "staging database",
            "stagingUri",
            services.mongo().address(),
            services.mongo().user(),
            SecretReference.toFile(services.mongo().passwordFile()));
  }

  public static void main(String[] arguments) throws Exception {
    ExtractBenchOptions options =
        PipelineOptionsFactory.fromArgs(arguments).withValidation().as(ExtractBenchOptions.class);
    if (options.getRecords() > MAX_RECORDS) {
      throw new IllegalArgumentException("--records is more than " + MAX_RECORDS);
    }
    Set<String> given =
        Arrays.stream(arguments)
            .map(word -> word.replaceFirst("^--", "").replaceFirst("=.*", ""))
            .collect(Collectors.toSet());
    RunnerProfile.of(options).setDefaults(given, Runtime.getRuntime().availableProcessors());
    Path home = Files.createDirectories(Path.of(options.getHome()));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      new ExtractBenchmark(options, services, home, out).run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    WarehouseSchema.migrate(Postgres.dataSource(warehouse), warehouse.schema(), Rules.defaults());
    out.printf(
        Locale.ROOT,
        "%s, %d cores, heap %d MB%n",
        options.getRunner().getSimpleName(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20);
    try (MongoClient client = MongoClients.create(services.mongo().uri())) {
      MongoDatabase database = client.getDatabase(Staging.DATABASE);
      againstPlain(database);
      if (options.getTogetherRecords() > 0) {
        together(database);
      }
      database.drop();
    }
  }

  /** One platform, by both in turn. */
  private void againstPlain(MongoDatabase database) throws Exception {
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    for (int round = 0; round <= options.getRounds(); round++) {
      measurePlain(database, "plain, not staged", false, round, rates);
      // Whoever comes second finds a warmer machine, so they change places.
      if (round % 2 == 0) {
        measurePlain(database, "plain loop", true, round, rates);
        measureOurs(database, round, rates);
      } else {
        measureOurs(database, round, rates);
        measurePlain(database, "plain loop", true, round, rates);
      }
    }
    rates.forEach(
        (who, of) -> out.printf(Locale.ROOT, "%-18s median %8.0f records/s%n", who, median(of)));
    out.printf(
        Locale.ROOT,
        "extract / plain loop, medians: %.2f%n",
        median(rates.get("extract")) / median(rates.get("plain loop")));
  }

  private void measurePlain(
      MongoDatabase database,
      String who,
      boolean writes,
      int round,
      Map<String, List<Double>> rates)
      throws IOException, InterruptedException {
    database.drop();
    try (MeasuredPlatforms platforms =
        MeasuredPlatforms.start(home, options.getRecords(), Duration.ZERO)) {
      long begun = System.nanoTime();
      long records = new PlainLoop(platforms.simulator(), database, writes).run();
      report(who, round, records, seconds(begun), rates);
      if (writes) {
        check(records, staged(database));
      }
    }
  }

  private void measureOurs(MongoDatabase database, int round, Map<String, List<Double>> rates)
      throws IOException, SQLException {
    database.drop();
    try (MeasuredPlatforms platforms =
        MeasuredPlatforms.start(home, options.getRecords(), Duration.ZERO)) {
      long begun = System.nanoTime();
      long records = extract(platforms.file(), SimulatedPlatform.LAZADA.id());
      report("extract", round, records, seconds(begun), rates);
      check(records, staged(database));
    }
  }

  private void report(
      String who, int round, long records, double seconds, Map<String, List<Double>> rates) {
    out.printf(
        Locale.ROOT,
        "%-18s %s %7d records %7.2f s %8.0f records/s%n",
        who,
        round == 0 ? "(warming up)" : "round " + round,
        records,
        seconds,
        records / seconds);
    if (round > 0) {
      rates.computeIfAbsent(who, key -> new ArrayList<>()).add(records / seconds);
    }
  }

  /** Each platform alone, and all of them at once. */
  private void together(MongoDatabase database) throws IOException, SQLException {
    List<String> names =
        Arrays.stream(SimulatedPlatform.values()).map(SimulatedPlatform::id).toList();
    List<String> measured = new ArrayList<>(names);
    measured.add(String.join(",", names));
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int round = 0; round <= options.getRounds(); round++) {
      for (String platforms : measured) {
        database.drop();
        try (MeasuredPlatforms simulated =
            MeasuredPlatforms.start(
                home,
                options.getTogetherRecords(),
                Duration.ofMillis(options.getLatencyMillis()))) {
          long begun = System.nanoTime();
          long records = extract(simulated.file(), platforms);
          double seconds = seconds(begun);
          out.printf(Locale.ROOT, "%-24s %7d records %7.2f s%n", platforms, records, seconds);
          check(records, staged(database));
          if (round > 0) {
            times.computeIfAbsent(platforms, key -> new ArrayList<>()).add(seconds);
          }
        }
      }
    }
    times.forEach((who, of) -> out.printf(Locale.ROOT, "%-24s median %7.2f s%n", who, median(of)));
    double slowest =
        names.stream().mapToDouble(name -> median(times.get(name))).max().orElseThrow();
    out.printf(
        Locale.ROOT,
        "%d ms an answer, %d platforms at once / the slowest alone, medians: %.2f%n",
        options.getLatencyMillis(),
        names.size(),
        median(times.get(String.join(",", names))) / slowest);
  }

  /** How many records were staged. */
  private long extract(Path marketplaces, String platforms) throws SQLException {
    BoundedPipelines pipelines = new BoundedPipelines(options);
    ExtractSetup setup =
        new ExtractSetup(
            pipelines,
            new ExtractSettings(platforms, settings.longestWait()),
            Marketplaces.read(marketplaces.toString()),
            staging,
            warehouse,
            TrustedAuthorities.of(options));
    RunId run = new RunLedger(Postgres.dataSource(warehouse)).begin("bench", Map.of());
    ExtractionJob extraction = new ExtractionJob(setup, run, Clock.systemUTC());
    ExtractionResult extracted;
    try (RunnerProfile.Restored ignored = pipelines.withOneWorker()) {
      extracted = extraction.run(Set.of(), (step, rows) -> {});
    }
    extracted.steps().stream()
        .filter(step -> step.status() != RunStatus.SUCCEEDED)
        .findFirst()
        .ifPresent(
            step -> {
              throw new IllegalStateException(step.step() + ": " + step.message());
            });
    return extracted.steps().stream().mapToLong(step -> step.counts().loaded()).sum();
  }

  private static long staged(MongoDatabase database) {
    long staged = 0;
    for (String collection : database.listCollectionNames()) {
      if (collection.startsWith(Staging.collectionOf(""))) {
        staged += database.getCollection(collection).countDocuments();
      }
    }
    return staged;
  }

  private static void check(long counted, long staged) {
    if (counted != staged) {
      throw new IllegalStateException(counted + " records counted, " + staged + " staged");
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}
