package vn.phusa.runners.flink.cluster;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import vn.phusa.runners.embedded.home.Loopback;

/**
 * Flink's page for one browser, on loopback. The URL has a token that is good for one request,
 * which is answered with a session's cookie; without that nothing is shown. Only what is asked with
 * GET or HEAD is passed on, and of that nothing that changes a job.
 */
final class PageProxy implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int THREADS = 8;
  private static final int TOKEN_BYTES = 32;
  private static final String COOKIE = "phusa-flink-page";
  private static final Set<String> SHOWING = Set.of("GET", "HEAD");
  private static final List<String> PASSED =
      List.of("content-type", "content-disposition", "cache-control", "etag", "last-modified");

  /** These end a job although they are asked with GET. */
  private static final String ENDING = "/yarn-";

  private final URI flink;
  private final HttpClient client;
  private final HttpServer server;
  private final ExecutorService workers = Executors.newFixedThreadPool(THREADS);
  private final AtomicReference<String> token = new AtomicReference<>(random());
  private final String session = random();

  private PageProxy(URI flink, HttpClient client, HttpServer server) {
    this.flink = flink;
    this.client = client;
    this.server = server;
  }

  /**
   * Starts one on a free port.
   *
   * @param flink the JobManager, for example {@code https://127.0.0.1:8081}
   * @param keys what it is asked with
   */
  static PageProxy start(String flink, SSLContext keys) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(keys)
            .connectTimeout(ANSWER)
            .build();
    PageProxy proxy = new PageProxy(URI.create(flink), client, server);
    server.setExecutor(proxy.workers);
    server.createContext("/", proxy::answer);
    server.start();
    return proxy;
  }

  /** What a person opens, once. */
  String url() {
    return "http://" + host() + "/?token=" + token.get();
  }

  private String host() {
    return Loopback.HOST + ":" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!SHOWING.contains(exchange.getRequestMethod())) {
        say(exchange, 405, "This page only shows.");
      } else if (!host().equals(exchange.getRequestHeaders().getFirst("Host"))) {
        // Another site's name that was made to point here.
        say(exchange, 403, "Open the URL as it was printed.");
      } else if (isKnown(exchange)) {
        pass(exchange);
      } else if (isInvited(exchange)) {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Set-Cookie", COOKIE + "=" + session + "; Path=/; HttpOnly; SameSite=Strict");
        headers.set("Location", "/");
        headers.set("Referrer-Policy", "no-referrer");
        exchange.sendResponseHeaders(303, -1);
      } else {
        say(exchange, 403, "The URL was used already: cluster.sh page prints another.");
      }
    }
  }

  private boolean isKnown(HttpExchange exchange) {
    return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
        .flatMap(line -> Arrays.stream(line.split(";")))
        .map(String::strip)
        .anyMatch(cookie -> isSame(cookie, COOKIE + "=" + session));
  }

  /** The first who shows the token takes it. */
  private boolean isInvited(HttpExchange exchange) {
    String expected = token.get();
    String query = exchange.getRequestURI().getRawQuery();
    return expected != null
        && query != null
        && isSame(query, "token=" + expected)
        && token.compareAndSet(expected, null);
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private void pass(HttpExchange exchange) throws IOException {
    URI asked = exchange.getRequestURI();
    if (asked.getPath().toLowerCase(Locale.ROOT).contains(ENDING)) {
      say(exchange, 403, "This page only shows.");
      return;
    }
    String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
    HttpRequest request =
        HttpRequest.newBuilder(flink.resolve(asked.getRawPath() + query))
            .timeout(ANSWER)
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        for (String name : PASSED) {
          answer
              .headers()
              .firstValue(name)
              .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
        }
        boolean hasBody = exchange.getRequestMethod().equals("GET");
        exchange.sendResponseHeaders(answer.statusCode(), hasBody ? 0 : -1);
        if (hasBody) {
          body.transferTo(exchange.getResponseBody());
        }
      }
    } catch (IOException e) {
      say(exchange, 502, "The JobManager does not answer.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(HttpExchange exchange, int code, String text) throws IOException {
    if (exchange.getResponseCode() != -1) {
      return; // the answer has begun, and breaks off
    }
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(code, hasBody ? bytes.length : -1);
    if (hasBody) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String random() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
