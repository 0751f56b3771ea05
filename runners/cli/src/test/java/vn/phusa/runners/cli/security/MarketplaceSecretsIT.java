package vn.phusa.runners.cli.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.util.construction.PipelineOptionsTranslation;
import org.apache.beam.sdk.util.construction.PipelineTranslation;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.options.ExtractOptions;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.MongoAddress;
import vn.phusa.options.address.SecretReference;
import vn.phusa.options.address.TrustedAuthorities;
import vn.phusa.pipelines.ExtractMarketplaces;
import vn.phusa.pipelines.io.marketplace.ExtractTask;
import vn.phusa.pipelines.io.marketplace.Extractor;
import vn.phusa.pipelines.io.marketplace.spec.Marketplaces;
import vn.phusa.pipelines.io.staging.Staging;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.runners.cli.Phusa;
import vn.phusa.runners.cli.SimulatedShops;
import vn.phusa.runners.cli.StagingArguments;
import vn.phusa.runners.cli.console.Console;
import vn.phusa.runners.cli.main.Commands;
import vn.phusa.runners.cli.main.Environment;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.run.Sleeper;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.fault.FaultKind;
import vn.phusa.runners.simulator.fault.FaultPlan;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;

/**
 * No key, token, code, signature or query of a URL is to be read anywhere: with every logger at its
 * most verbose, in what is told, in errors, in the warehouse, in staging, in the pipeline's graph.
 */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MarketplaceSecretsIT {
  private static final Set<FaultKind> FAULTS =
      EnumSet.of(
          FaultKind.CUT,
          FaultKind.CUT_BEFORE,
          FaultKind.TRUNCATED,
          FaultKind.SERVER_ERROR,
          FaultKind.PLATFORM_ERROR,
          FaultKind.TOO_MANY_REQUESTS_PLAIN);

  private static final String WRONG = "a-wrong-one-that-is-secret-all-the-same";
  private static final String TIKI = "  tiki:\n    extract: ";

  /** A list covers only days there, and a year of them takes long. */
  private static final String FROM = "{orders: {list: {since: {beginning: P30D}}}}";

  private static final String QUICK = "retries: {attempts: 12, first: PT0.02S, longest: PT0.1S}\n";

  private Path folder;
  private FreshDatabase warehouse;
  private EmbeddedMongo mongo;
  private MarketplaceSimulator simulator;
  private final Set<String> secrets = new TreeSet<>();

  @BeforeAll
  void start(@TempDir Path temporary, FreshDatabase fresh, EmbeddedMongo staging)
      throws IOException {
    folder = temporary;
    warehouse = fresh;
    mongo = staging;
    try (MongoClient client = MongoClients.create(mongo.uri())) {
      client.getDatabase(Staging.DATABASE).drop();
    }
    Files.writeString(folder.resolve("password"), fresh.password());
    simulator =
        MarketplaceSimulator.start(
            SimulatorSettings.small()
                .withCatalogue(
                    catalogue ->
                        catalogue
                            .withSize(60, 60)
                            .withHistory(Duration.ofDays(5))
                            .withStart(Instant.now().minus(Duration.ofDays(10))))
                .withContract(
                    contract ->
                        contract
                            .withAccessTokenLife(SimulatedPlatform.LAZADA, Duration.ofSeconds(5))
                            .withAccessTokenLife(SimulatedPlatform.SHOPEE, Duration.ofSeconds(5))
                            .withAccessTokenLife(SimulatedPlatform.TIKI, Duration.ofSeconds(5))
                            .withAccessTokenLife(SimulatedPlatform.SENDO, Duration.ofSeconds(8))));
    simulator.keepSecrets();
  }

  @AfterAll
  void stop() {
    simulator.close();
  }

  @Test
  void noSecretIsShownOrStored() throws Exception {
    Path good = SimulatedShops.describe(folder.resolve("good"), simulator, (n, v) -> v, QUICK);
    // The categories' call is not what is looked at here.
    String described =
        Files.readString(good)
            .replace("  tiki:", TIKI + "{categories: null}")
            .replace("  shopee:", "  shopee:\n    extract: " + FROM)
            .replace("  sendo:", "  sendo:\n    extract: " + FROM);
    Files.writeString(good, described);
    Path wrong =
        SimulatedShops.describe(
            folder.resolve("wrong"), simulator, (n, v) -> isPublic(n) ? v : WRONG, QUICK);
    Path closed =
        Files.writeString(
            folder.resolve("closed"),
            described
                .replaceAll("http://127.0.0.1:\\d+", "http://127.0.0.1:1")
                .replace("attempts: 12", "attempts: 1"));
    // A name is no time: dead letters, with the platform's payload.
    Path odd =
        Files.writeString(
            folder.resolve("odd"),
            described.replace(
                TIKI + "{categories: null}",
                TIKI + "{categories: null, products: {list: {record: {updated: /name}}}}"));
    String told;
    String logged;
    try (EveryLog log = EveryLog.begin()) {
      told = run(0, "migrate");
      simulator.faults(FaultPlan.each(7, 0.03, FAULTS));
      told += run(0, "extract", odd);
      simulator.faults(FaultPlan.none());
      told += run(0, "extract", good);
      told += run(0, "load-dimensions", good) + run(0, "load-facts", good);
      told += run(4, "extract", wrong) + run(4, "extract", closed);
      logged = log.text();
    }
    collectSecrets();

    // That the search would find something is shown by what must be there.
    assertThat(secrets).hasSizeGreaterThan(50);
    assertThat(simulator.log().countByPath(SimulatedPlatform.SENDO).get("/login")).isGreaterThan(1);
    assertThat(logged).contains("GET /orders/get", "org.mongodb.driver", "DirectRunner");
    assertThat(told).contains("lazada").contains("shopee");
    assertSecretFree("console", told);
    assertSecretFree("log", logged);
    String rows = warehouseText();
    assertThat(rows).contains("not_a_time").contains("went wrong too often");
    assertSecretFree("warehouse", rows);
    String documents = stagingText();
    assertThat(documents).contains("extract_cursor").contains("raw_products");
    assertSecretFree("staging", documents);
    String graph = graphText(good);
    assertThat(graph).contains("${file:" + folder).contains("Extract parts");
    assertSecretFree("graph", graph);
  }

  private void collectSecrets() {
    for (SimulatedPlatform platform : SimulatedPlatform.values()) {
      simulator.credentials(platform).names().stream()
          .filter(name -> !isPublic(name))
          .forEach(name -> secrets.add(simulator.credentials(platform).get(name)));
    }
    secrets.addAll(simulator.secretsSeen());
    secrets.add(WRONG);
    secrets.add(warehouse.password());
  }

  private static boolean isPublic(String credential) {
    return Set.of("app_key", "partner_id", "shop_id", "client_id").contains(credential);
  }

  private void assertSecretFree(String where, String text) {
    for (String secret : secrets) {
      int at = text.indexOf(secret);
      assertThat(at)
          .as(
              () ->
                  where
                      + " shows a secret: ..."
                      + text.substring(text.lastIndexOf('\n', at) + 1, at + secret.length()))
          .isNegative();
    }
  }

  private String run(int code, String command, Path... marketplaces) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(
        List.of(
            "--warehouseUrl=" + warehouse.jdbcUrl(),
            "--warehouseUser=" + warehouse.user(),
            "--warehousePassword=" + SecretReference.toFile(folder.resolve("password"))));
    if (marketplaces.length > 0) {
      arguments.addAll(StagingArguments.of(mongo));
      arguments.add("--marketplaces=" + marketplaces[0]);
    }
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(told, true, StandardCharsets.UTF_8);
    ExitCode ended =
        new Phusa(
                Commands.all(),
                () -> new Environment(Clock.systemUTC()),
                new Console(stream, stream, false, 110),
                Clock.systemUTC(),
                Sleeper.REAL)
            .run(arguments.toArray(new String[0]));
    String text = told.toString(StandardCharsets.UTF_8);
    assertThat(ended.number()).as(command + "\n" + text).isEqualTo(code);
    return text;
  }

  private String warehouseText() throws SQLException {
    StringBuilder text = new StringBuilder();
    try (Connection connection = warehouse.connect();
        Statement statement = connection.createStatement()) {
      for (String table :
          List.of("dead_letter", "etl_run", "etl_step", "etl_watermark", "etl_count")) {
        try (ResultSet row = statement.executeQuery("SELECT t::text FROM " + table + " t")) {
          while (row.next()) {
            text.append(row.getString(1)).append('\n');
          }
        }
      }
    }
    return text.toString();
  }

  private String stagingText() {
    StringBuilder text = new StringBuilder();
    try (MongoClient client = MongoClients.create(mongo.uri())) {
      MongoDatabase database = client.getDatabase(Staging.DATABASE);
      for (String collection : database.listCollectionNames()) {
        for (Document document : database.getCollection(collection).find()) {
          text.append(collection).append(' ').append(document.toJson()).append('\n');
        }
      }
    }
    return text.toString();
  }

  /** All that a runner is given, and what its pages show; without the compression of Beam. */
  private String graphText(Path file) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add("--warehouseUrl=" + warehouse.jdbcUrl());
    arguments.add("--warehousePassword=" + SecretReference.toFile(folder.resolve("password")));
    arguments.addAll(StagingArguments.of(mongo));
    arguments.add("--marketplaces=" + file);
    ExtractOptions options =
        PipelineOptionsFactory.fromArgs(arguments.toArray(new String[0])).as(ExtractOptions.class);
    Extractor extractor =
        new Extractor(
            Marketplaces.read(file.toString()),
            MongoAddress.staging(options).orElseThrow(),
            DatabaseAddress.warehouse(options).orElseThrow(),
            RunId.random(),
            TrustedAuthorities.OF_JDK,
            Duration.ofMinutes(1),
            Clock.systemUTC());
    List<ExtractTask> tasks = new ArrayList<>();
    extractor.marketplaces().marketplaces().keySet().forEach(n -> tasks.addAll(extractor.tasks(n)));
    Pipeline pipeline = Pipeline.create(options);
    ExtractMarketplaces.once(pipeline, extractor, tasks);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(extractor);
    }
    return PipelineTranslation.toProto(pipeline)
        + DisplayData.from(options).toString()
        + PipelineOptionsTranslation.toProto(options)
        + extractor
        + bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
