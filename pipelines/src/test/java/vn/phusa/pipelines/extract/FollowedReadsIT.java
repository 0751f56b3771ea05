package vn.phusa.pipelines.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.options.MongoAddress;
import vn.phusa.options.SecretReference;
import vn.phusa.pipelines.ExtractMarketplaces;
import vn.phusa.pipelines.io.marketplace.Extractor;
import vn.phusa.pipelines.io.marketplace.Marketplaces;
import vn.phusa.pipelines.io.mongodb.Staging;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.warehouse.RunId;
import vn.phusa.pipelines.warehouse.RunLog;
import vn.phusa.pipelines.warehouse.WarehouseSchema;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.rules.Rules;

/** Lists that lead to further calls, tokens that expire, and extraction again and again. */
@WithEmbeddedServices
class FollowedReadsIT {
  @TempDir Path folder;
  private final Map<String, Function<Map<String, String>, String>> answers =
      new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private DatabaseAddress warehouse;
  private MongoAddress mongo;
  private Staging staging;
  private RunId run;

  @BeforeEach
  void open(FreshDatabase fresh, EmbeddedMongo embedded) throws Exception {
    WarehouseSchema.migrate(fresh.jdbcUrl(), fresh.user(), fresh.password(), Rules.defaults());
    Path secret = Files.writeString(folder.resolve("pg"), fresh.password());
    warehouse =
        new DatabaseAddress(
            "warehouse",
            "warehouseUrl",
            fresh.jdbcUrl(),
            fresh.user(),
            SecretReference.toFile(secret));
    mongo = new MongoAddress("staging database", "stagingUri", embedded.uri(), null, null);
    staging = Staging.open(mongo);
    run = new RunLog(Postgres.dataSource(warehouse)).begin("extract", Map.of());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Map<String, String> query = new TreeMap<>();
            String raw = exchange.getRequestURI().getRawQuery();
            for (String pair : raw == null ? new String[0] : raw.split("&")) {
              String[] parts = pair.split("=", 2);
              query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
            query.put(
                "body",
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            byte[] answer =
                answers
                    .getOrDefault(path, q -> "{\"error\":\"none\",\"code\":\"none\"}")
                    .apply(query)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
    staging.close();
  }

  private Extractor extractor(String yaml) throws Exception {
    Files.writeString(folder.resolve("key"), "123");
    String whole =
        yaml.replace("URL", "http://127.0.0.1:" + server.getAddress().getPort())
            .replace("KEY", "\"${file:" + folder.resolve("key") + "}\"");
    Path file = Files.writeString(folder.resolve("shops.yaml"), whole);
    return new Extractor(
        Marketplaces.read(file.toString()),
        mongo,
        warehouse,
        run.value(),
        Duration.ofSeconds(5),
        Clock.systemUTC());
  }

  private Map<String, String> staged(String collection, String platform) {
    Map<String, String> staged = new TreeMap<>();
    for (Document document : staging.records(collection).find(Filters.eq("platform", platform))) {
      staged.put(document.getString("_id"), document.getString("payload"));
    }
    return staged;
  }

  private static String joined(String ids, Function<String, String> record) {
    return Stream.of(ids.replaceAll("[\\[\\]]", "").split(","))
        .map(record)
        .collect(Collectors.joining(","));
  }

  @Test
  void lazadasOrdersAndTheirItemsWithATokenThatExpires() throws Exception {
    int[] tokens = {0};
    answers.put(
        "/auth/token/refresh",
        q -> {
          assertThat(q.get("refresh_token")).isEqualTo(tokens[0] == 0 ? "123" : "r" + tokens[0]);
          tokens[0]++;
          return "{\"code\":\"0\",\"access_token\":\"a%d\",\"refresh_token\":\"r%d\",\"expires_in\":600}"
              .formatted(tokens[0], tokens[0]);
        });
    answers.put(
        "/rest/orders/get",
        q ->
            q.get("access_token").equals("a1")
                ? "{\"code\":\"IllegalAccessToken\",\"type\":\"ISV\"}"
                : "{\"code\":\"0\",\"data\":{\"countTotal\":2,\"orders\":["
                    + "{\"order_id\":1,\"updated_at\":\"2024-01-01 10:00:00 +0700\"},"
                    + "{\"order_id\":2,\"updated_at\":\"2024-01-02 10:00:00 +0700\"}]}}");
    answers.put(
        "/rest/orders/items/get",
        q ->
            "{\"code\":\"0\",\"data\":["
                + joined(q.get("order_ids"), id -> "{\"order_id\":" + id + ",\"order_items\":[]}")
                + "]}");
    Extractor extractor =
        extractor(
            "marketplaces: {lazada: {baseUrl: URL/rest, tokenUrl: URL, limit: {requests: 50, per: PT1S},"
                + " retries: {first: PT0.01S}, auth: {credentials: {appKey: '1', appSecret: KEY,"
                + " refreshToken: KEY}}}}");
    begin(extractor, "lazada", "orders");
    Extractor.Outcome outcome = extractor.extract("lazada", "orders");
    assertThat(outcome.message()).isEmpty();
    assertThat(staged(Staging.ORDERS, "lazada").keySet())
        .containsExactly("lazada:order:1", "lazada:order:2");
    assertThat(staged("raw_order_items", "lazada"))
        .containsEntry("lazada:order_items:2", "{\"order_id\":2,\"order_items\":[]}")
        .hasSize(2);
    assertThat(tokens[0]).isEqualTo(2);
  }

  @Test
  void shopeesListGivesIdsAndDetailsGiveRecords() throws Exception {
    answers.put(
        "/api/v2/auth/access_token/get",
        q -> {
          assertThat(q.get("body")).contains("\"shop_id\":9").contains("\"refresh_token\":\"123\"");
          return "{\"error\":\"\",\"access_token\":\"a\",\"refresh_token\":\"r\",\"expire_in\":14400}";
        });
    answers.put(
        "/api/v2/product/get_item_list",
        q ->
            "{\"error\":\"\",\"response\":{\"item\":[{\"item_id\":%s,\"update_time\":7}],\"total_count\":2,%s}}"
                .formatted(
                    q.get("offset").equals("0") ? 1 : 2,
                    q.get("offset").equals("0")
                        ? "\"has_next_page\":true,\"next_offset\":1"
                        : "\"has_next_page\":false"));
    answers.put(
        "/api/v2/product/get_item_base_info",
        q ->
            "{\"error\":\"\",\"response\":{\"item_list\":["
                + joined(
                    q.get("item_id_list"),
                    id ->
                        "{\"item_id\":%s,\"update_time\":1600572640,\"has_model\":%s}"
                            .formatted(id, id.equals("2")))
                + "]}}");
    answers.put(
        "/api/v2/product/get_item_extra_info",
        q ->
            "{\"error\":\"\",\"response\":{\"item_list\":["
                + joined(q.get("item_id_list"), id -> "{\"item_id\":" + id + ",\"likes\":1}")
                + "]}}");
    answers.put(
        "/api/v2/product/get_model_list",
        q -> "{\"error\":\"\",\"response\":{\"model\":[{\"of\":" + q.get("item_id") + "}]}}");
    Extractor extractor =
        extractor(
            "marketplaces: {shopee: {baseUrl: URL/api/v2, limit: {requests: 0}, auth: {credentials:"
                + " {partnerId: '8', partnerKey: KEY, shopId: '9', refreshToken: KEY}}}}");
    begin(extractor, "shopee", "products");
    assertThat(extractor.extract("shopee", "products").message()).isEmpty();
    assertThat(staged(Staging.PRODUCTS, "shopee"))
        .containsEntry(
            "shopee:product:2", "{\"item_id\":2,\"update_time\":1600572640,\"has_model\":true}")
        .hasSize(2);
    assertThat(staged("raw_product_extras", "shopee")).hasSize(2);
    assertThat(staged("raw_product_models", "shopee"))
        .containsExactly(Map.entry("shopee:product_models:2", "{\"model\":[{\"of\":2}]}"));
  }

  @Test
  void aStreamExtractsAgainAndAgain() throws Exception {
    int[] served = {1};
    answers.put(
        "/all",
        q -> {
          StringBuilder rows = new StringBuilder("{\"rows\":[");
          for (int i = 0; i < served[0]; i++) {
            rows.append(i == 0 ? "" : ",").append("{\"id\":").append(i).append('}');
          }
          return rows.append("]}").toString();
        });
    String name = "stream" + System.nanoTime();
    Extractor extractor =
        extractor(
            ("marketplaces: {%s: {platform: S, baseUrl: URL, refreshEvery: PT0.5S, auth: {kind:"
                    + " apiKeyHeader, header: X-Key, credentials: {key: KEY}}, extract: {products:"
                    + " {kind: product, list: {request: {path: /all}, answer: {records: /rows},"
                    + " record: {id: /id}}}}}}")
                .formatted(name));
    begin(extractor, name, "products");
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setBlockOnRun(false);
    Pipeline pipeline = Pipeline.create(options);
    ExtractMarketplaces.streaming(pipeline, extractor, List.of(name));
    PipelineResult result = pipeline.run();
    try {
      awaitStaged(name, 1);
      served[0] = 3;
      awaitStaged(name, 3);
    } finally {
      result.cancel();
    }
    assertThat(asked).hasSizeGreaterThan(1);
  }

  private void awaitStaged(String name, int count) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (staged(Staging.PRODUCTS, name).size() < count) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  private void begin(Extractor extractor, String name, String part) throws Exception {
    RunLog log = new RunLog(Postgres.dataSource(warehouse));
    for (String step : extractor.steps(name, part)) {
      log.beginStep(run, step);
    }
  }
}
