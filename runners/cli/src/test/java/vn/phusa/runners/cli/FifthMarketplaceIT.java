package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** A fifth marketplace, added by YAML alone: from its API to the facts by one command. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FifthMarketplaceIT {
  private static final String KEY = "k3y-of-muahang";

  /** The example that documents point to; tests run in their module's folder. */
  private static final Path EXAMPLE =
      Path.of("../../examples/fifth-marketplace").toAbsolutePath().normalize();

  private static final long T = Instant.parse("2025-03-01T01:00:00Z").getEpochSecond();

  private final Map<String, String> products = new ConcurrentSkipListMap<>();
  private final Map<String, String> orders = new ConcurrentSkipListMap<>();
  private final Map<String, String> lines = new ConcurrentSkipListMap<>();
  private HttpServer server;
  private ShopAndWarehouse databases;
  private List<String> arguments;

  @BeforeAll
  void open(@TempDir Path folder, EmbeddedPostgres postgres, EmbeddedMongo mongo) throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
    databases = ShopAndWarehouse.in(postgres, "fifth");
    Path key = Files.writeString(folder.resolve("key"), KEY);
    Path shops =
        Files.writeString(
            folder.resolve("shops.yaml"),
            Files.readString(EXAMPLE.resolve("marketplace.yaml"))
                .replace(
                    "https://api.muahang.example",
                    "http://127.0.0.1:" + server.getAddress().getPort())
                .replace("${env:MUAHANG_KEY}", "${file:" + key + "}"));
    arguments = new ArrayList<>(databases.warehouseArguments());
    arguments.add("--rules=" + EXAMPLE.resolve("rules.yaml"));
    assertDone(ShopAndWarehouse.run(command("migrate")));
    arguments.addAll(StagingArguments.of(mongo));
    arguments.add("--marketplaces=" + shops);
  }

  @AfterAll
  void close() throws Exception {
    server.stop(0);
    databases.close();
  }

  private String[] command(String name) {
    List<String> all = new ArrayList<>(List.of(name));
    all.addAll(arguments);
    return all.toArray(new String[0]);
  }

  private static void assertDone(ShopAndWarehouse.Ended ended) {
    assertThat(ended.code()).as(ended.all()).isZero();
    assertThat(ended.all()).doesNotContain(KEY);
  }

  @Test
  void fromItsApiToTheFactsByOneCommand() throws Exception {
    products.put("1", product("1", T, "Áo dài\\t  lụa", "Áo", "\"1,250,000\""));
    products.put("2", product("2", T, "Nón lá", "Mũ", "90000"));
    products.put("3", product("3", T, "Giày", "Giày", "null"));
    orders.put("901", order("901", T + 60, "H", "{\"ma\": 7, \"ten\": \"lê thị bình\"}"));
    orders.put("902", order("902", T + 70, "D", "{\"ma\": 8, \"ten\": \"****\"}"));
    orders.put("903", order("903", T + 80, "D", "{\"ma\": 7, \"ten\": \"lê thị bình\"}"));
    lines.put("901", "{\"stt\": 1, \"ma\": \"1\", \"sl\": 2, \"gia\": \"1,250,000\"}");
    lines.put(
        "902",
        "{\"stt\": 1, \"ma\": \"2\", \"sl\": 1, \"gia\": 90000},"
            + "{\"stt\": 2, \"ma\": \"404\", \"sl\": 1, \"gia\": 5000}");
    lines.put("903", "{\"stt\": 1, \"ma\": \"2\", \"sl\": 3, \"gia\": 80000}");

    assertDone(ShopAndWarehouse.run(command("run")));

    assertMembers();
    assertSales();
    assertConserved();

    // What changes there comes with the next run, as history and as a newer state.
    long now = Instant.now().getEpochSecond();
    products.put("2", product("2", now, "Nón lá", "Mũ", "95000"));
    orders.put("901", order("901", now, "D", "{\"ma\": 7, \"ten\": \"lê thị bình\"}"));

    assertDone(ShopAndWarehouse.run(command("run")));

    assertThat(
            rows(
                "SELECT price_vnd, is_current FROM dim_product WHERE product_id = 'muahang:2'"
                    + " ORDER BY effective_date"))
        .containsExactly("90000|f", "95000|t");
    assertThat(rows("SELECT status FROM fact_sales WHERE order_id = 'muahang:901:1'"))
        .containsExactly("delivered");
    assertThat(rows("SELECT count(*) FROM fact_sales")).containsExactly("4");
    assertConserved();
  }

  private void assertMembers() throws Exception {
    assertThat(
            rows(
                "SELECT product_id, name, price_vnd, platform FROM dim_product"
                    + " WHERE product_key <> -1 AND NOT is_inferred ORDER BY 1"))
        .containsExactly(
            "muahang:1|Áo dài lụa|1250000|MuaHang",
            "muahang:2|Nón lá|90000|MuaHang",
            "muahang:3|Giày|null|MuaHang");
    assertThat(
            rows(
                "SELECT customer_id, full_name, is_inferred FROM dim_customer"
                    + " WHERE customer_key <> -1 ORDER BY 1"))
        .containsExactly("muahang:7|Lê Thị Bình|f", "muahang:8|null|t");
  }

  private void assertSales() throws Exception {
    assertThat(
            rows(
                "SELECT order_id, product_id, quantity, total_amount_vnd, status, p.platform,"
                    + " source FROM fact_sales s JOIN dim_platform p USING (platform_key)"
                    + " ORDER BY 1"))
        .containsExactly(
            "muahang:901:1|muahang:1|2|2500000|cancelled|MuaHang|muahang",
            "muahang:902:1|muahang:2|1|90000|delivered|MuaHang|muahang",
            "muahang:902:2|muahang:404|1|5000|delivered|MuaHang|muahang",
            "muahang:903:1|muahang:2|3|240000|delivered|MuaHang|muahang");
    assertThat(
            rows("SELECT sum(orders), sum(lines) FROM mv_monthly_sales WHERE platform = 'MuaHang'"))
        .as("the marts have it; a cancelled order is none")
        .containsExactly("2|4");
  }

  private void assertConserved() throws Exception {
    assertThat(
            rows(
                "SELECT step FROM etl_step"
                    + " WHERE rows_read <> rows_loaded + rows_rejected + rows_skipped"))
        .isEmpty();
    assertThat(rows("SELECT DISTINCT status FROM etl_step")).containsExactly("succeeded");
  }

  private List<String> rows(String sql) throws Exception {
    return databases.warehouseRows(sql).stream()
        .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining("|")))
        .toList();
  }

  private static String product(String id, long changed, String name, String kind, String price) {
    return "{\"ma\": \"%s\", \"sua_luc\": %d, \"ten\": \"%s\", \"loai\": \"%s\", \"gia\": %s}"
        .formatted(id, changed, name, kind, price);
  }

  private static String order(String id, long changed, String state, String buyer) {
    return ("{\"so\": %s, \"sua_luc\": %d, \"luc\": %d, \"tt\": \"%s\", \"tinh\": \"TP.HCM\","
            + " \"khach\": %s}")
        .formatted(id, changed, T, state, buyer);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body;
      if (!KEY.equals(exchange.getRequestHeaders().getFirst("X-Khoa"))) {
        body = "{\"loi\": \"sai_khoa\"}";
      } else if (path.equals("/hang")) {
        body = productPage(exchange.getRequestURI().getRawQuery());
      } else if (path.equals("/don/tim")) {
        body = orderPage(new ObjectMapper().readTree(exchange.getRequestBody()));
      } else {
        body = "{\"dong\": [" + lines.get(path.split("/")[2]) + "]}";
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String productPage(String query) {
    Map<String, Long> asked = new TreeMap<>();
    for (String pair : query.split("&")) {
      asked.put(pair.split("=")[0], Long.valueOf(pair.split("=")[1]));
    }
    List<String> all = changed(products, asked.get("tu"), asked.get("den"));
    int from = (int) ((asked.get("trang") - 1) * asked.get("so"));
    int to = (int) Math.min(all.size(), from + asked.get("so"));
    return "{\"hang\": [%s], \"tong\": %d, \"trang_cuoi\": %d}"
        .formatted(
            String.join(", ", all.subList(Math.min(from, all.size()), to)),
            all.size(),
            (all.size() + 1) / 2);
  }

  private String orderPage(JsonNode asked) {
    List<String> all = changed(orders, asked.get("tu").asLong(), asked.get("den").asLong());
    int from = asked.get("sau").asText().isEmpty() ? 0 : asked.get("sau").asInt();
    int to = Math.min(all.size(), from + 2);
    return "{\"don\": [%s], \"tiep\": \"%s\"}"
        .formatted(String.join(", ", all.subList(from, to)), to < all.size() ? to : "");
  }

  private static List<String> changed(Map<String, String> records, long from, long to) {
    return records.values().stream()
        .filter(
            text -> {
              long changed = Long.parseLong(text.replaceAll("(?s).*\"sua_luc\": (\\d+).*", "$1"));
              return from <= changed && changed <= to;
            })
        .toList();
  }
}
