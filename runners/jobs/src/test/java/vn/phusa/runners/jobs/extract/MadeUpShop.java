package vn.phusa.runners.jobs.extract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * A marketplace that nobody has: POST /v1/items/search with a body, pages by a cursor, a bearer
 * token, ids and times nested in the records.
 */
final class MadeUpShop implements AutoCloseable {
  private final AtomicInteger underWay = new AtomicInteger();

  /** The most requests that were waited for at one time. */
  final AtomicInteger mostAtOnce = new AtomicInteger();

  static final String TOKEN = "s3cr3t-bearer-t0ken";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What goes wrong with a request. */
  enum Fault {
    NONE,
    TOO_FAST,
    BROKEN,
    CUT_OFF,
    TRUNCATED,
    QUOTA,
    ELSEWHERE
  }

  /** Records by id: when they changed (seconds), and their text. */
  final Map<Integer, Item> items = new ConcurrentSkipListMap<>();

  final AtomicInteger requests = new AtomicInteger();
  final AtomicInteger leaked = new AtomicInteger();
  volatile IntFunction<Fault> faults = n -> Fault.NONE;
  volatile int latencyMillis;

  private final HttpServer server;

  record Item(long changed, String text) {}

  MadeUpShop() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/v1/items/search", this::search);
    server.createContext("/elsewhere", e -> leaked.incrementAndGet());
    server.start();
  }

  void put(int id, long changed, String name) {
    items.put(
        id,
        new Item(
            changed,
            "{ \"ref\":{\"no\": "
                + id
                + "},\"changed\" :\""
                + changed
                + "\",\t\"name\":\""
                + name
                + "\", \"price\":1.500}"));
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  private void search(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody());
      Fault fault = faults.apply(requests.incrementAndGet());
      sleep();
      if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        answer(exchange, 401, "{\"problem\":\"who are you\"}");
        return;
      }
      switch (fault) {
        case TOO_FAST -> {
          exchange.getResponseHeaders().set("Retry-After", "0");
          answer(exchange, 429, "");
        }
        case BROKEN -> answer(exchange, 500, "<html>");
        case CUT_OFF -> exchange.getResponseBody().close();
        case QUOTA -> answer(exchange, 200, "{\"problem\":\"no_more_today\"}");
        case ELSEWHERE -> {
          exchange.getResponseHeaders().set("Location", url().replace("/v1", "/elsewhere"));
          answer(exchange, 302, "");
        }
        case TRUNCATED -> {
          String whole = page(body);
          answer(exchange, 200, whole.substring(0, whole.length() / 2));
        }
        default -> answer(exchange, 200, page(body));
      }
    }
  }

  private String page(JsonNode body) {
    int size = body.get("size").asInt();
    int after = body.get("after").asText().isEmpty() ? -1 : body.get("after").asInt();
    List<Map.Entry<Integer, Item>> rest =
        items.entrySet().stream()
            .filter(e -> e.getKey() > after)
            .filter(e -> e.getValue().changed() >= body.at("/period/from").asLong())
            .filter(e -> e.getValue().changed() <= body.at("/period/to").asLong())
            .toList();
    List<Map.Entry<Integer, Item>> page = rest.subList(0, Math.min(size, rest.size()));
    String next = rest.size() > size ? page.get(size - 1).getKey().toString() : "";
    return page.stream()
        .map(e -> e.getValue().text())
        .collect(
            Collectors.joining(" ,\n", "{\"result\":{\"rows\":[", "],\"next\":\"" + next + "\"}}"));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void sleep() {
    int now = underWay.incrementAndGet();
    mostAtOnce.accumulateAndGet(now, Math::max);
    try {
      Thread.sleep(latencyMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      underWay.decrementAndGet();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
