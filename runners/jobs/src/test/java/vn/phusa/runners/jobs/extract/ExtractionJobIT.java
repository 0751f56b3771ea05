package vn.phusa.runners.jobs.extract;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.SerializableUtils;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.MongoAddress;
import vn.phusa.options.address.SecretReference;
import vn.phusa.options.address.TrustedAuthorities;
import vn.phusa.pipelines.io.marketplace.Extractor;
import vn.phusa.pipelines.io.marketplace.spec.Marketplaces;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.staging.Staging;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.ledger.RunLedger;
import vn.phusa.pipelines.io.warehouse.ledger.RunStatus;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseSchema;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.jobs.EmbeddedStaging;
import vn.phusa.runners.jobs.run.BoundedPipelines;
import vn.phusa.transforms.rules.Rules;

/** A marketplace that is described by YAML alone, and feeds of files, into staging. */
@WithEmbeddedServices
class ExtractionJobIT {
  private static final long START = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond();

  private static FreshDatabase database;
  private static DatabaseAddress warehouse;
  private static MongoAddress mongo;

  @TempDir Path folder;
  private MadeUpShop shop;
  private String name;
  private Staging staging;
  private boolean isRetryable;

  @BeforeAll
  static void services(FreshDatabase fresh, EmbeddedMongo embedded) throws Exception {
    database = fresh;
    Path secret = Files.createTempFile("phusa", ".secret");
    secret.toFile().deleteOnExit();
    Files.writeString(secret, fresh.password());
    warehouse =
        new DatabaseAddress(
            "warehouse",
            "warehouseUrl",
            fresh.jdbcUrl(),
            fresh.user(),
            SecretReference.toFile(secret));
    WarehouseSchema.migrate(Postgres.dataSource(warehouse), warehouse.schema(), Rules.defaults());
    mongo = EmbeddedStaging.address(embedded);
  }

  @BeforeEach
  void open() throws IOException {
    shop = new MadeUpShop();
    name = "shop" + Long.toString(System.nanoTime(), 36);
    staging = Staging.open(mongo);
  }

  @AfterEach
  void close() {
    shop.close();
    staging.close();
  }

  private String describedAs(String shopName, String url) throws IOException {
    Path token = folder.resolve("token");
    Files.writeString(token, MadeUpShop.TOKEN);
    return """
      %s:
        platform: Made Up
        baseUrl: %s
        auth: {kind: bearer, credentials: {token: "${file:%s}"}}
        retries: {attempts: 12, first: PT0.005S, longest: PT0.02S}
        errors: {code: /problem, classes: {no_more_today: quota}}
        extract:
          products:
            kind: product
            list:
              request:
                method: POST
                path: /items/search
                body: {after: "{cursor}", size: "{limit}", period: {from: "{from}", to: "{to}"}}
              paging: {kind: cursor, limit: 20}
              since: {format: epochSeconds, beginning: "2024-01-01T00:00:00Z"}
              answer: {records: /result/rows, next: /result/next}
              record: {id: /ref/no, updated: /changed}
    """
        .formatted(shopName, url, token)
        .indent(0);
  }

  private Map<String, ExtractedStep> extract(String yaml) throws Exception {
    Path file = folder.resolve("shops.yaml");
    Files.writeString(file, yaml);
    ExtractSetup setup =
        new ExtractSetup(
            new BoundedPipelines(PipelineOptionsFactory.create()),
            new ExtractSettings(null, java.time.Duration.ofSeconds(2)),
            Marketplaces.read(file.toString()),
            mongo,
            warehouse,
            TrustedAuthorities.OF_JDK);
    RunLedger log = new RunLedger(Postgres.dataSource(warehouse));
    RunId run = log.begin("extract", Map.of());
    ExtractionJob extraction = new ExtractionJob(setup, run, Clock.systemUTC());
    Map<String, ExtractedStep> results = new HashMap<>();
    ExtractionResult extracted = extraction.run(Set.of(), (step, rows) -> {});
    isRetryable = extracted.isRetryable();
    for (ExtractedStep result : extracted.steps()) {
      results.put(result.step(), result);
      assertThat(result.counts().unaccounted()).as(result.step()).isZero();
    }
    log.finish(run, RunStatus.SUCCEEDED, null);
    return results;
  }

  private ExtractedStep extractShop() throws Exception {
    return extract("marketplaces:\n" + describedAs(name, shop.url()).indent(2))
        .get("extract/" + name + "/products");
  }

  private Map<String, Document> staged(String platform) {
    MongoCollection<Document> products = staging.records(Staging.PRODUCTS);
    Map<String, Document> staged = new HashMap<>();
    for (Document document : products.find(Filters.eq("platform", platform))) {
      staged.put(document.getString("id"), document);
    }
    return staged;
  }

  private void assertStagedIsServed() {
    Map<String, String> served = new HashMap<>();
    shop.items.forEach((id, item) -> served.put(Integer.toString(id), item.text()));
    Map<String, String> payloads = new HashMap<>();
    staged(name).forEach((id, document) -> payloads.put(id, document.getString("payload")));
    assertThat(payloads).isEqualTo(served);
  }

  @Test
  void aMarketplaceOfYamlAlone() throws Exception {
    for (int i = 0; i < 105; i++) {
      shop.put(i, START + i, "Điện thoại " + i);
    }
    ExtractedStep first = extractShop();
    assertThat(first.status()).as(first.message()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(first.counts().read()).isEqualTo(105);
    assertThat(first.counts().loaded()).isEqualTo(105);
    assertStagedIsServed();
    Document one = staged(name).get("7");
    assertThat(one.getString("_id")).isEqualTo(name + ":product:7");
    assertThat(one.getDate("updated_at").toInstant()).isEqualTo(Instant.ofEpochSecond(START + 7));
    assertThat(one.keySet())
        .containsExactlyInAnyOrder(
            "_id", "platform", "id", "updated_at", "extracted_at", "run_id", "payload");
    assertThat(shop.requests.get()).isEqualTo(6);

    // What did not change since is not even asked for; what did replaces the older.
    long now = Instant.now().getEpochSecond();
    shop.put(3, now, "another name");
    shop.put(4, now - 60, "within the overlap");
    ExtractedStep second = extractShop();
    assertThat(second.counts().read()).isEqualTo(2);
    assertThat(second.counts().loaded()).isEqualTo(2);
    assertThat(staged(name).get("7")).isEqualTo(one);
    assertStagedIsServed();

    ExtractedStep third = extractShop();
    assertThat(third.counts().loaded()).isZero();
    assertThat(third.counts().skipped()).isEqualTo(2);
  }

  @Test
  void faultsOfAllKindsAndEndsInBetweenLoseNothing() throws Exception {
    for (int i = 0; i < 300; i++) {
      shop.put(i, START + i, "x" + i);
    }
    Random random = new Random(7);
    MadeUpShop.Fault[] kinds = {
      MadeUpShop.Fault.TOO_FAST,
      MadeUpShop.Fault.BROKEN,
      MadeUpShop.Fault.CUT_OFF,
      MadeUpShop.Fault.TRUNCATED
    };
    shop.faults =
        n -> {
          synchronized (random) {
            return random.nextInt(3) == 0 ? kinds[random.nextInt(4)] : MadeUpShop.Fault.NONE;
          }
        };
    ExtractedStep result = extractShop();
    assertThat(result.status()).as(result.message()).isEqualTo(RunStatus.SUCCEEDED);
    assertStagedIsServed();
  }

  @Test
  void aFailureInTheMiddleIsGoneOnFromThere() throws Exception {
    for (int i = 0; i < 200; i++) {
      shop.put(i, START + i, "x" + i);
    }
    shop.faults = n -> n > 5 ? MadeUpShop.Fault.ELSEWHERE : MadeUpShop.Fault.NONE;
    ExtractedStep failed = extractShop();
    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.message()).contains(name).contains("HTTP 302");
    assertThat(isRetryable).as("a refusal does not pass by waiting").isFalse();
    assertThat(shop.leaked).hasValue(0);
    assertThat(staged(name)).hasSize(100);
    shop.faults = n -> MadeUpShop.Fault.BROKEN;
    assertThat(extractShop().status()).isEqualTo(RunStatus.FAILED);
    assertThat(isRetryable).as("an error of the platform's own may pass").isTrue();
    shop.faults = n -> MadeUpShop.Fault.NONE;
    shop.requests.set(0);
    ExtractedStep rest = extractShop();
    assertThat(rest.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(rest.counts().read()).isEqualTo(100);
    assertThat(shop.requests.get()).as("five pages, and what changed meanwhile").isEqualTo(6);
    assertStagedIsServed();
  }

  @Test
  void aQuotaEndsAsPartialAndOtherPlatformsGoOn() throws Exception {
    String other = name + "b";
    try (MadeUpShop good = new MadeUpShop()) {
      for (int i = 0; i < 60; i++) {
        shop.put(i, START + i, "x" + i);
        good.put(i, START + i, "y" + i);
      }
      shop.faults = n -> n > 1 ? MadeUpShop.Fault.QUOTA : MadeUpShop.Fault.NONE;
      String yaml =
          "marketplaces:\n"
              + describedAs(name, shop.url()).indent(2)
              + describedAs(other, good.url()).indent(2)
              + describedAs(name + "c", good.url().replace("/v1", "/nothing")).indent(2);
      Map<String, ExtractedStep> results = extract(yaml);
      ExtractedStep partial = results.get("extract/" + name + "/products");
      assertThat(partial.status()).isEqualTo(RunStatus.PARTIAL);
      assertThat(partial.message()).contains("continues next time");
      assertThat(partial.counts().loaded()).isEqualTo(20);
      assertThat(results.get("extract/" + other + "/products").status())
          .isEqualTo(RunStatus.SUCCEEDED);
      assertThat(results.get("extract/" + name + "c/products").status())
          .isEqualTo(RunStatus.FAILED);
      // The quota is remembered: nothing is asked before it is given anew.
      int asked = shop.requests.get();
      assertThat(extractShop().status()).isEqualTo(RunStatus.PARTIAL);
      assertThat(shop.requests).hasValue(asked);
    }
  }

  @Test
  void fourPlatformsAreReadAtTheSameTime() throws Exception {
    StringBuilder yaml = new StringBuilder("marketplaces:\n");
    for (int i = 0; i < 400; i++) {
      shop.put(i, START + i, "x" + i);
    }
    extractShop();
    shop.latencyMillis = 150;
    for (int i = 0; i < 4; i++) {
      yaml.append(describedAs(name + i, shop.url()).indent(2));
    }
    extract("marketplaces:\n" + describedAs(name + "one", shop.url()).indent(2));
    int one = shop.mostAtOnce.getAndSet(0);
    extract(yaml.toString());
    // Told by what is under way, not by time: the machine may do other things too.
    assertThat(shop.mostAtOnce.get()).isGreaterThanOrEqualTo(4).isGreaterThan(one);
    assertThat(staged(name + "3")).hasSize(400);
  }

  @Test
  void noSecretIsShown() throws Exception {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger ours = context.getLogger("vn.phusa");
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    Level level = ours.getLevel();
    ours.setLevel(Level.TRACE);
    ours.addAppender(appender);
    List<String> said = new ArrayList<>();
    try {
      shop.put(1, START, "x");
      shop.faults = n -> n == 1 ? MadeUpShop.Fault.BROKEN : MadeUpShop.Fault.NONE;
      extractShop();
      shop.faults = n -> MadeUpShop.Fault.ELSEWHERE;
      said.add(extractShop().toString());
    } finally {
      ours.detachAppender(appender);
      ours.setLevel(level);
    }
    Marketplaces read = Marketplaces.read(folder.resolve("shops.yaml").toString());
    Extractor extractor =
        new Extractor(
            read,
            mongo,
            warehouse,
            RunId.random(),
            TrustedAuthorities.OF_JDK,
            java.time.Duration.ZERO,
            Clock.systemUTC());
    said.add(extractor.toString());
    said.add(
        new String(SerializableUtils.serializeToByteArray(extractor), StandardCharsets.ISO_8859_1));
    appender.list.forEach(event -> said.add(event.getFormattedMessage()));
    assertThat(appender.list).isNotEmpty();
    assertThat(said)
        .noneMatch(text -> text.contains(MadeUpShop.TOKEN))
        .noneMatch(text -> text.contains(database.password()));
  }
}
