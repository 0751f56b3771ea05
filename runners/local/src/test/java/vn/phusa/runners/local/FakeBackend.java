package vn.phusa.runners.local;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.options.LoadOptions;
import vn.phusa.options.SampleOptions;
import vn.phusa.options.WarehouseOptions;
import vn.phusa.runners.local.backend.Backend;
import vn.phusa.runners.local.backend.BatchJobs;
import vn.phusa.runners.local.backend.EmbeddedStores;
import vn.phusa.runners.local.backend.SampleData;
import vn.phusa.runners.local.backend.Warehouse;
import vn.phusa.runners.local.backend.WarehouseStatus;
import vn.phusa.runners.local.run.RunContext;
import vn.phusa.runners.local.run.RunLedger;
import vn.phusa.runners.local.run.StepResult;
import vn.phusa.transforms.rules.Rules;

/** A world in memory, which writes down what was asked of it. */
final class FakeBackend implements Backend, BatchJobs, Warehouse, EmbeddedStores, SampleData {
  final List<String> calls = new ArrayList<>();
  final FakeLedger ledger = new FakeLedger();
  final Path passwordFile;
  Callable<Void> duringFacts = () -> null;
  boolean sampleIsThere;
  boolean migrated = true;
  LoadOptions seen;

  FakeBackend(Path passwordFile) {
    this.passwordFile = passwordFile;
  }

  @Override
  public BatchJobs jobs() {
    return this;
  }

  @Override
  public Warehouse warehouse(DatabaseAddress address) {
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
  public List<StepResult> loadDimensions(LoadOptions options, RunContext context) {
    calls.add("dimensions");
    seen = options;
    return List.of(
        new StepResult("customers", 1200, 1000, 50, 150, 900, 100, Duration.ofMillis(1200)));
  }

  @Override
  public List<StepResult> loadFacts(LoadOptions options, RunContext context) throws Exception {
    calls.add("facts");
    duringFacts.call();
    return List.of(new StepResult("sales", 7, 7, 0, 0, 0, 0, Duration.ofSeconds(2)));
  }

  @Override
  public List<StepResult> refreshMarts(WarehouseOptions options, RunContext context) {
    calls.add("marts");
    return List.of(StepResult.withoutRows("marts", Duration.ofSeconds(1)));
  }

  @Override
  public void migrate(Rules rules) {
    calls.add("migrate");
  }

  @Override
  public void requireMigrated() {
    if (!migrated) {
      throw new ServiceUnusableException(
          "warehouse (--warehouseUrl): its schema is not migrated; ./phusa migrate", false, null);
    }
  }

  @Override
  public RunLedger ledger() {
    return ledger;
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
                "1",
                "run",
                Instant.parse("2025-03-01T00:00:00Z"),
                Duration.ofSeconds(42),
                "failed",
                "load-facts: the database refused a statement",
                List.of(
                    new WarehouseStatus.RunStep(
                        "succeeded",
                        new StepResult("customers", 5, 4, 1, 0, 0, 0, Duration.ofSeconds(3)),
                        null)))),
        List.of(new WarehouseStatus.Watermark("oltp", "customers", "2025-03-01T00:00:00Z")),
        List.of(new WarehouseStatus.Waiting("cleanse-sales", "not_a_number", 12)));
  }

  @Override
  public Database database(String name) {
    return new Database(name, "jdbc:postgresql://127.0.0.1:5/" + name, "phusa", passwordFile);
  }

  @Override
  public boolean isThere(DatabaseAddress oltp) throws SQLException {
    return sampleIsThere;
  }

  @Override
  public String fill(DatabaseAddress oltp, SampleOptions options) {
    calls.add("fill");
    return "filled";
  }

  @Override
  public String passADay(DatabaseAddress oltp, SampleOptions options) {
    calls.add("day");
    return "a day passed";
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
