package vn.phusa.runners.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.transforms.Create;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.deadletter.DeadLetterStore;
import vn.phusa.pipelines.io.warehouse.ledger.Watermarks;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseRights;
import vn.phusa.runners.cli.Backend;
import vn.phusa.runners.jobs.extract.ExtractJobs;
import vn.phusa.runners.jobs.extract.ExtractSetup;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;
import vn.phusa.runners.jobs.load.LoadJobs;
import vn.phusa.runners.jobs.load.LoadSetup;
import vn.phusa.runners.jobs.preflight.EmbeddedStores;
import vn.phusa.runners.jobs.preflight.SampleData;
import vn.phusa.runners.jobs.preflight.SampleSize;
import vn.phusa.runners.jobs.replay.ReplayJobs;
import vn.phusa.runners.jobs.result.StepResult;
import vn.phusa.runners.jobs.run.Ledger;
import vn.phusa.runners.jobs.run.LeftJobs;
import vn.phusa.runners.jobs.run.RunContext;
import vn.phusa.runners.jobs.run.RunKind;
import vn.phusa.runners.jobs.run.StreamJob;
import vn.phusa.runners.jobs.stream.StreamJobs;
import vn.phusa.runners.jobs.warehouse.WarehousePort;
import vn.phusa.runners.jobs.warehouse.WarehouseStatus;
import vn.phusa.transforms.rules.Rules;

/** A world in memory, which writes down what was asked of it. */
final class FakeBackend
    implements Backend, LoadJobs, ExtractJobs, WarehousePort, EmbeddedStores, SampleData {
  final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  final FakeStreams streams = new FakeStreams();
  final FakeLedger ledger = new FakeLedger();
  final FakeLedger extractLedger = new FakeLedger();
  final Set<String> existing = new HashSet<>(Set.of("shop"));
  final Path passwordFile;
  Callable<Void> duringFacts = () -> null;
  Callable<List<StepResult>> duringExtract =
      () ->
          List.of(
              new StepResult(
                  "extract/lazada/products",
                  new RowCounts(20, 15, 0, 5, 0, 0),
                  Duration.ofMillis(300)));
  boolean sampleIsThere;
  boolean migrated = true;
  LoadSetup seen;
  ExtractSetup extractSeen;

  FakeBackend(Path passwordFile) {
    this.passwordFile = passwordFile;
  }

  @Override
  public LoadJobs jobs() {
    return this;
  }

  @Override
  public WarehousePort warehouse(DatabaseAddress address) {
    return this;
  }

  @Override
  public EmbeddedStores embedded(Path home) {
    calls.add("embedded at " + home);
    return this;
  }

  @Override
  public SampleData sample() {
    return this;
  }

  @Override
  public List<StepResult> loadDimensions(LoadSetup setup, RunContext context) {
    calls.add("dimensions");
    seen = setup;
    return List.of(
        new StepResult(
            "customers", new RowCounts(1200, 1000, 50, 150, 900, 100), Duration.ofMillis(1200)));
  }

  @Override
  public List<StepResult> loadFacts(LoadSetup setup, RunContext context) throws Exception {
    calls.add("facts");
    duringFacts.call();
    return List.of(new StepResult("sales", new RowCounts(7, 7, 0, 0, 0, 0), Duration.ofSeconds(2)));
  }

  @Override
  public List<StepResult> rederive(
      @Nullable Rules rules, DatabaseAddress warehouse, RunContext context) {
    calls.add("rederive");
    return List.of(
        new StepResult("fact_sales", new RowCounts(3, 1, 0, 2, 0, 0), Duration.ofSeconds(1)));
  }

  @Override
  public List<StepResult> refreshMarts(DatabaseAddress warehouse, RunContext context) {
    calls.add("marts");
    return List.of(StepResult.withoutRows("marts", Duration.ofSeconds(1)));
  }

  @Override
  public String migrate(Rules rules) {
    calls.add("migrate");
    return "was created, version 4";
  }

  @Override
  public Optional<InForce> rulesInForce() {
    return Optional.empty();
  }

  @Override
  public void require(Set<WarehouseRights> rights) {
    if (!migrated) {
      throw new ServiceUnavailableException(
          "warehouse (--warehouseUrl): its schema is not migrated; ./phusa migrate", false, null);
    }
  }

  @Override
  public Ledger ledger(RunKind kind, LeftJobs left) {
    return kind == RunKind.EXTRACT ? extractLedger : ledger;
  }

  @Override
  public List<Headline> headlines() {
    return List.of(new Headline("Revenue, VND", "12,345"));
  }

  @Override
  public WarehouseStatus status(int lastRuns) {
    return new WarehouseStatus(
        List.of(
            new WarehouseStatus.Run(
                new RunId(new UUID(0, 1)),
                "run",
                Instant.parse("2025-03-01T00:00:00Z"),
                Duration.ofSeconds(42),
                "failed",
                "load-facts: the database refused a statement",
                List.of(
                    new WarehouseStatus.RunStep(
                        "succeeded",
                        new StepResult(
                            "customers", new RowCounts(5, 4, 1, 0, 0, 0), Duration.ofSeconds(3)),
                        null)))),
        List.of(new Watermarks.Watermark("oltp", "customers", "2025-03-01T00:00:00Z", null)),
        List.of(new DeadLetterStore.Waiting("cleanse-sales", "not_a_number", 12, 0)));
  }

  @Override
  public Database database(String name) {
    return new Database(name, "jdbc:postgresql://127.0.0.1:5/" + name, "phusa", passwordFile);
  }

  @Override
  public boolean hasDatabase(String name) {
    return existing.contains(name);
  }

  @Override
  public Staging staging() {
    calls.add("mongo");
    return new Staging("mongodb://127.0.0.1:6", "phusa", passwordFile);
  }

  @Override
  public boolean hasStaging() {
    return existing.contains("staging");
  }

  @Override
  public Path marketplaces() {
    calls.add("marketplaces");
    return describedMarketplaces();
  }

  /** A file for --marketplaces that has credentials of two. */
  Path describedMarketplaces() {
    try {
      return Files.writeString(
          passwordFile.resolveSibling("marketplaces.yaml"),
          """
          marketplaces:
            lazada: {auth: {credentials: {appKey: "12", appSecret: "${file:%1$s}"}}}
            tiki: {auth: {credentials: {clientId: a, clientSecret: "${file:%1$s}"}}}
          """
              .formatted(passwordFile));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean hasMarketplaces() {
    return existing.contains("marketplaces");
  }

  @Override
  public Kafka kafka() {
    calls.add("kafka");
    Path properties = passwordFile.resolveSibling("kafka.properties");
    try {
      Files.writeString(properties, "security.protocol=PLAINTEXT\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Kafka(
        "127.0.0.1:7", properties, passwordFile.resolveSibling("kafka-tools.properties"));
  }

  @Override
  public Redis redis() {
    calls.add("redis");
    return new Redis("redis://127.0.0.1:8/0", passwordFile);
  }

  @Override
  public ExtractJobs extractions() {
    return this;
  }

  @Override
  public StreamJobs streams() {
    return streams;
  }

  @Override
  public ReplayJobs replays() {
    throw new UnsupportedOperationException("replays are tried with real services");
  }

  @Override
  public List<StepResult> extract(ExtractSetup setup, RunContext context) throws Exception {
    calls.add("extract");
    extractSeen = setup;
    return duringExtract.call();
  }

  @Override
  public StreamJob stream(ExtractSetup setup) {
    calls.add("extract until stopped");
    return new StreamJob(
        List.of("extract/lazada"), (pipeline, runId) -> pipeline.apply(Create.of(runId)));
  }

  @Override
  public boolean isThere(DatabaseAddress oltp) throws SQLException {
    return sampleIsThere;
  }

  @Override
  public String fill(DatabaseAddress oltp, SampleSize size) {
    calls.add("fill");
    return "filled";
  }

  @Override
  public String passADay(DatabaseAddress oltp, SampleSize size) {
    calls.add("day");
    return "a day passed";
  }

  @Override
  public void sendEvents(KafkaAddress kafka, SampleSize size) {
    calls.add(
        String.format(Locale.ROOT, "%d events to %s", size.events(), kafka.bootstrapServers()));
    streams.sent.set(size.events());
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
