package vn.phusa.runners.jobs.load;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.bson.Document;
import vn.phusa.options.LoadOptions;
import vn.phusa.options.LoadSettings;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.MongoAddress;
import vn.phusa.options.address.SecretReference;
import vn.phusa.pipelines.LoadDimensions;
import vn.phusa.pipelines.LoadFacts;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.ledger.RunLedger;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseSchema;
import vn.phusa.pipelines.load.StagedTable;
import vn.phusa.pipelines.load.TableLoad;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.jobs.EmbeddedStaging;
import vn.phusa.runners.jobs.run.BoundedPipelines;
import vn.phusa.transforms.mapping.Mappings;
import vn.phusa.transforms.rules.Rules;

/** A staging database, an operational one and the warehouse that both are loaded into. */
final class StagedWarehouse implements AutoCloseable {
  /** Later than all that tests stage. */
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final MongoAddress staging;
  private final DatabaseAddress database;
  private final MongoClient client;
  private final MongoDatabase documents;
  private Rules rules = Rules.defaults();
  private Mappings mappings = Mappings.builtIn();
  private Instant now = NOW;

  private StagedWarehouse(EmbeddedMongo mongo, DatabaseAddress database) {
    this.staging = EmbeddedStaging.address(mongo);
    this.database = database;
    this.client = MongoClients.create(mongo.uri());
    this.documents = client.getDatabase("ecommerce_staging");
  }

  static StagedWarehouse create(EmbeddedMongo mongo, FreshDatabase database) throws Exception {
    Path secret = Files.createTempFile("phusa", ".secret");
    secret.toFile().deleteOnExit();
    Files.writeString(secret, database.password());
    StagedWarehouse warehouse =
        new StagedWarehouse(
            mongo,
            new DatabaseAddress(
                "warehouse",
                "warehouseUrl",
                database.jdbcUrl(),
                database.user(),
                SecretReference.toFile(secret)));
    WarehouseSchema.migrate(
        Postgres.dataSource(warehouse.database), warehouse.database.schema(), Rules.defaults());
    try (InputStream sql =
        EmbeddedMongo.class.getResourceAsStream("/vn/phusa/runners/samples/oltp.sql")) {
      warehouse.execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
    }
    return warehouse;
  }

  /** Everything as it was after {@link #create}. */
  void empty() throws SQLException {
    rules = Rules.defaults();
    mappings = Mappings.builtIn();
    now = NOW;
    documents.drop();
    execute(
        "TRUNCATE customers, products, orders, transactions, fact_sales, fact_transactions,"
            + " scd_change, rekey, dead_letter, etl_count, etl_step, etl_run, etl_watermark;"
            + " DELETE FROM dim_product WHERE product_key <> -1;"
            + " DELETE FROM dim_customer WHERE customer_key <> -1");
  }

  StagedWarehouse withRules(String yaml) {
    rules = Rules.load(new StringReader(yaml));
    return this;
  }

  void withMappings(Mappings others) {
    mappings = others;
  }

  void setNow(Instant instant) {
    now = instant;
  }

  /** Stages a record; {@code updated} null: the platform does not say. */
  void stage(
      String platform, String kind, String id, Instant updated, Instant extracted, String payload) {
    String collection =
        List.of("product", "order").contains(kind) ? "raw_" + kind + "s" : "raw_" + kind;
    String key = platform + ":" + kind + ":" + id;
    documents
        .getCollection(collection)
        .replaceOne(
            new Document("_id", key),
            new Document("_id", key)
                .append("platform", platform)
                .append("id", id)
                .append("updated_at", updated == null ? null : Date.from(updated))
                .append("extracted_at", Date.from(extracted))
                .append("run_id", "run")
                .append("payload", payload),
            new ReplaceOptions().upsert(true));
  }

  void stageDocument(String collection, Document document) {
    documents.getCollection(collection).insertOne(document);
  }

  /** Loads what is staged, dimensions before facts; the counts by step. */
  Map<String, RowCounts> loadStaged(String... options) throws SQLException {
    Map<String, RowCounts> counts = new java.util.TreeMap<>();
    LoadOptions given = options(options);
    new RulesInUse(rules).putIntoForce(database);
    RunId run = new RunLedger(Postgres.dataSource(database)).begin("test", Map.of());
    StagedLoad load =
        new StagedLoad(
            new BoundedPipelines(given),
            LoadSettings.of(given),
            staging,
            database,
            rules,
            run,
            Clock.fixed(now, ZoneOffset.UTC),
            WaveGuard.ALWAYS);
    List<StagedTable> tables =
        Stream.concat(LoadDimensions.staged(mappings).stream(), LoadFacts.staged(mappings).stream())
            .toList();
    for (StagedTable table : load.staged(tables, mappings.names())) {
      List<RowCounts> steps = load.load(table, rows -> {});
      for (int i = 0; i < steps.size(); i++) {
        counts.put(table.steps().get(i), steps.get(i));
      }
    }
    return counts;
  }

  /** Loads the operational database. */
  Map<String, RowCounts> loadShop() throws SQLException {
    Map<String, RowCounts> counts = new java.util.TreeMap<>();
    LoadOptions given = options();
    new RulesInUse(rules).putIntoForce(database);
    RunId run = new RunLedger(Postgres.dataSource(database)).begin("test", Map.of());
    PolledLoad load =
        new PolledLoad(
            new BoundedPipelines(given),
            LoadSettings.of(given),
            database,
            database,
            rules,
            run,
            WaveGuard.ALWAYS);
    for (TableLoad table :
        Stream.concat(LoadDimensions.tables().stream(), LoadFacts.tables().stream()).toList()) {
      counts.put(table.step(), load.load(table, rows -> {}));
    }
    load.rekey();
    return counts;
  }

  private static LoadOptions options(String... given) {
    List<String> all = new ArrayList<>(List.of(given));
    all.add("--targetParallelism=2");
    return PipelineOptionsFactory.fromArgs(all.toArray(new String[0])).as(LoadOptions.class);
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = Postgres.open(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The rows, each its columns' texts with bars between. */
  List<String> query(String sql) throws SQLException {
    try (Connection connection = Postgres.open(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> result = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        result.add(String.join("|", row.stream().map(String::valueOf).toList()));
      }
      return result;
    }
  }

  @Override
  public void close() {
    documents.drop();
    client.close();
  }
}
