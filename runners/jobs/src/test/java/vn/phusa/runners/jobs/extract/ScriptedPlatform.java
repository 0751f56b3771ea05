package vn.phusa.runners.jobs.extract;

import com.mongodb.client.model.Filters;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
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
import vn.phusa.pipelines.io.warehouse.schema.WarehouseSchema;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.jobs.EmbeddedStaging;
import vn.phusa.transforms.rules.Rules;

/** A platform whose answers a test writes, and what an extraction from it needs besides. */
final class ScriptedPlatform implements AutoCloseable {
  /** What a credential's reference leads to. */
  static final String SECRET = "123";

  /** The paths that were asked for, in their order. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  final DatabaseAddress warehouse;
  final Staging staging;
  private final Map<String, Function<Map<String, String>, Reply>> replies =
      new ConcurrentHashMap<>();
  private final Path folder;
  private final FreshDatabase database;
  private final MongoAddress mongo;
  private final HttpServer server;
  private RunId run;

  /** An answer that is not only a text in HTTP 200. */
  record Reply(int status, Map<String, String> headers, String body) {}

  ScriptedPlatform(Path folder, FreshDatabase fresh, EmbeddedMongo embedded) throws Exception {
    this.folder = folder;
    this.database = fresh;
    Path secret = Files.writeString(folder.resolve("pg"), fresh.password());
    warehouse =
        new DatabaseAddress(
            "warehouse",
            "warehouseUrl",
            fresh.jdbcUrl(),
            fresh.user(),
            SecretReference.toFile(secret));
    WarehouseSchema.migrate(Postgres.dataSource(warehouse), warehouse.schema(), Rules.defaults());
    mongo = EmbeddedStaging.address(embedded);
    staging = Staging.open(mongo);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> query = new TreeMap<>();
      String raw = exchange.getRequestURI().getRawQuery();
      for (String pair : raw == null ? new String[0] : raw.split("&")) {
        String[] parts = pair.split("=", 2);
        query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
      query.put(
          "body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      query.put("authorization", authorization == null ? "" : authorization);
      String path = exchange.getRequestURI().getPath();
      asked.add(path);
      Reply reply =
          replies
              .getOrDefault(path, q -> ok("{\"error\":\"none\",\"code\":\"none\"}"))
              .apply(query);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  static Reply ok(String body) {
    return new Reply(200, Map.of(), body);
  }

  /**
   * Says what a path answers; the parameters of the query, "body" and "authorization" are given.
   */
  void answer(String path, Function<Map<String, String>, String> body) {
    replies.put(path, query -> ok(body.apply(query)));
  }

  void reply(String path, Function<Map<String, String>, Reply> reply) {
    replies.put(path, reply);
  }

  /** How often a path was asked for. */
  long count(String path) {
    return asked.stream().filter(path::equals).count();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** An extractor by a description, in which URL and KEY stand for what they are here. */
  Extractor extractor(String yaml, Clock clock) throws Exception {
    Files.writeString(folder.resolve("key"), SECRET);
    String whole =
        yaml.replace("URL", url()).replace("KEY", "\"${file:" + folder.resolve("key") + "}\"");
    Path file = Files.writeString(folder.resolve("shops.yaml"), whole);
    run = new RunLedger(Postgres.dataSource(warehouse)).begin("extract", Map.of());
    return new Extractor(
        Marketplaces.read(file.toString()),
        mongo,
        warehouse,
        run,
        TrustedAuthorities.OF_JDK,
        Duration.ofSeconds(5),
        clock);
  }

  void begin(Extractor extractor, String name, String part) throws Exception {
    RunLedger log = new RunLedger(Postgres.dataSource(warehouse));
    for (String step : extractor.steps(name, part)) {
      log.beginStep(run, step);
    }
  }

  /** Extracts a part by a description, in a run of its own. */
  Extractor.Outcome extract(String yaml, String name, String part, Clock clock) throws Exception {
    Extractor extractor = extractor(yaml, clock);
    begin(extractor, name, part);
    return extractor.extract(name, part);
  }

  /** What a collection has of a platform. */
  List<Document> documents(String collection, String platform) {
    return staging
        .records(collection)
        .find(Filters.eq("platform", platform))
        .into(new ArrayList<>());
  }

  /** The payloads of a platform's documents by their ids. */
  Map<String, String> staged(String collection, String platform) {
    Map<String, String> staged = new TreeMap<>();
    for (Document document : documents(collection, platform)) {
      staged.put(document.getString("id"), document.getString("payload"));
    }
    return staged;
  }

  /** The reasons of a platform's dead letters by their positions. */
  Map<String, String> deadLetters(String platform) throws Exception {
    Map<String, String> deadLetters = new TreeMap<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT position, reason FROM dead_letter WHERE source = '" + platform + "'")) {
      while (rows.next()) {
        deadLetters.put(rows.getString(1), rows.getString(2));
      }
    }
    return deadLetters;
  }

  /** The number that a query of the warehouse gives. */
  long number(String query) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Changes the warehouse behind everybody's back. */
  void sql(String statement) throws Exception {
    try (Connection connection = database.connect();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  /** The records of a list of ids, as "1,2" or "[1,2]", joined to the inside of an array. */
  static String joined(String ids, Function<String, String> record) {
    return Stream.of(ids.replaceAll("[\\[\\]]", "").split(","))
        .map(record)
        .collect(Collectors.joining(","));
  }

  /** Numbers as ids. */
  static List<String> ids(int from, int to) {
    List<String> ids = new ArrayList<>();
    for (int id = from; id < to; id++) {
      ids.add(Integer.toString(id));
    }
    return ids;
  }

  @Override
  public void close() {
    server.stop(0);
    staging.close();
  }
}
