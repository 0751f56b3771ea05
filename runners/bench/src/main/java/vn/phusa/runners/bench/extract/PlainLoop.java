package vn.phusa.runners.bench.extract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.auth.PlatformCredentials;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;

/**
 * What a developer writes in an hour to get all of Lazada into staging: signed requests by the
 * JDK's client, page by page, one bulk for each, in which the newer replaces the older. It sends
 * the requests that the extraction sends, and does nothing about faults, limits, restarts.
 */
final class PlainLoop {
  private static final int PRODUCTS_A_PAGE = 50;
  private static final int ORDERS_A_PAGE = 100;
  private static final int ORDERS_A_CALL = 50;
  private static final int DUPLICATE_KEY = 11000;
  private static final DateTimeFormatter TIMES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx", Locale.ROOT);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final PlatformCredentials credentials;
  private final MongoDatabase staging;
  private final boolean writes;
  private String token = "";
  private long records;

  /**
   * @param writes whether records are staged; without it the platform's own pace is seen
   */
  PlainLoop(MarketplaceSimulator simulator, MongoDatabase staging, boolean writes) {
    this.base = simulator.baseUrl(SimulatedPlatform.LAZADA);
    this.credentials = simulator.credentials(SimulatedPlatform.LAZADA);
    this.staging = staging;
    this.writes = writes;
  }

  /** Reads everything, and says how many records that were. */
  long run() throws IOException, InterruptedException {
    token =
        get("/auth/token/refresh", Map.of("refresh_token", credentials.get("refresh_token")))
            .get("access_token")
            .asText();
    Map<String, String> period =
        Map.of("update_after", "2010-01-01T00:00:00+0700", "update_before", iso(Instant.now()));
    products(period);
    orders(period);
    JsonNode categories = get("/category/tree/get", Map.of("language_code", "vi_VN")).get("data");
    stage("category", "raw_categories", categories, "category_id", record -> null);
    return records;
  }

  private void products(Map<String, String> period) throws IOException, InterruptedException {
    long total = 1;
    for (int offset = 0; offset < total; offset += PRODUCTS_A_PAGE) {
      Map<String, String> parameters = page(period, offset, PRODUCTS_A_PAGE);
      parameters.put("filter", "all");
      JsonNode data = get("/products/get", parameters).get("data");
      total = data.get("total_products").asLong();
      stage(
          "product",
          "raw_products",
          data.get("products"),
          "item_id",
          record -> new Date(record.get("updated_time").asLong()));
    }
  }

  private void orders(Map<String, String> period) throws IOException, InterruptedException {
    long total = 1;
    for (int offset = 0; offset < total; offset += ORDERS_A_PAGE) {
      Map<String, String> parameters = page(period, offset, ORDERS_A_PAGE);
      parameters.put("sort_by", "updated_at");
      parameters.put("sort_direction", "ASC");
      JsonNode data = get("/orders/get", parameters).get("data");
      total = data.get("countTotal").asLong();
      JsonNode orders = data.get("orders");
      stage(
          "order",
          "raw_orders",
          orders,
          "order_id",
          record ->
              Date.from(
                  OffsetDateTime.parse(record.get("updated_at").asText(), TIMES).toInstant()));
      List<String> ids = new ArrayList<>();
      orders.forEach(order -> ids.add(order.get("order_id").asText()));
      for (int i = 0; i < ids.size(); i += ORDERS_A_CALL) {
        List<String> some = ids.subList(i, Math.min(ids.size(), i + ORDERS_A_CALL));
        JsonNode items =
            get("/orders/items/get", Map.of("order_ids", "[" + String.join(",", some) + "]"))
                .get("data");
        stage("order_items", "raw_order_items", items, "order_id", record -> null);
      }
    }
  }

  private static Map<String, String> page(Map<String, String> period, int offset, int limit) {
    Map<String, String> parameters = new TreeMap<>(period);
    parameters.put("offset", Integer.toString(offset));
    parameters.put("limit", Integer.toString(limit));
    return parameters;
  }

  private JsonNode get(String path, Map<String, String> parameters)
      throws IOException, InterruptedException {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put("app_key", credentials.get("app_key"));
    all.put("timestamp", Long.toString(System.currentTimeMillis()));
    all.put("sign_method", "sha256");
    if (!token.isEmpty()) {
      all.put("access_token", token);
    }
    StringBuilder text = new StringBuilder(path);
    all.forEach((name, value) -> text.append(name).append(value));
    all.put(
        "sign",
        Hashing.hmacSha256(credentials.get("app_secret").getBytes(StandardCharsets.UTF_8))
            .hashString(text, StandardCharsets.UTF_8)
            .toString()
            .toUpperCase(java.util.Locale.ROOT));
    String query =
        all.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path + "?" + query))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    JsonNode json = JSON.readTree(answer.body());
    if (!"0".equals(json.path("code").asText())) {
      throw new IOException(path + " was refused: " + json.path("code").asText());
    }
    return json;
  }

  private void stage(
      String kind, String collection, JsonNode page, String id, Function<JsonNode, Date> updated) {
    Date now = new Date();
    List<Document> documents = new ArrayList<>();
    for (JsonNode record : page) {
      String own = record.get(id).asText();
      documents.add(
          new Document("_id", "lazada:" + kind + ":" + own)
              .append("platform", "lazada")
              .append("id", own)
              .append("updated_at", updated.apply(record))
              .append("extracted_at", now)
              .append("payload", record.toString()));
    }
    records += documents.size();
    if (writes && !documents.isEmpty()) {
      upsert(staging.getCollection(collection), documents);
    }
  }

  /**
   * Inserts, and replaces what is there and older: of the ways to say so the one that costs a
   * server the least where most is new.
   */
  private static void upsert(MongoCollection<Document> collection, List<Document> documents) {
    try {
      collection.insertMany(documents, new InsertManyOptions().ordered(false));
    } catch (MongoBulkWriteException e) {
      if (e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
        throw e;
      }
      List<WriteModel<Document>> replacements = new ArrayList<>();
      e.getWriteErrors()
          .forEach(error -> replacements.add(unlessNewer(documents.get(error.getIndex()))));
      collection.bulkWrite(replacements, new BulkWriteOptions().ordered(false));
    }
  }

  private static WriteModel<Document> unlessNewer(Document document) {
    String time = document.get("updated_at") == null ? "extracted_at" : "updated_at";
    return new ReplaceOneModel<>(
        Filters.and(
            Filters.eq(document.getString("_id")), Filters.lte(time, document.getDate(time))),
        document);
  }

  private static String iso(Instant time) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxx", Locale.ROOT)
        .format(time.atOffset(java.time.ZoneOffset.ofHours(7)));
  }
}
