package vn.phusa.pipelines.io.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Answers the calls of Confluent's API that readers need, as its documentation shows them. */
public final class FakeRegistry implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOT_FOUND = "{\"error_code\":40403,\"message\":\"Schema not found\"}";

  private final Map<String, Map<String, Object>> schemas = new ConcurrentHashMap<>();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile int failure = 503;
  private final AtomicInteger asked = new AtomicInteger();
  private final HttpServer server;

  private FakeRegistry(HttpServer server) {
    this.server = server;
  }

  public static FakeRegistry start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FakeRegistry registry = new FakeRegistry(server);
    server.createContext(
        "/apis/ccompat/v7/",
        exchange -> {
          registry.asked.incrementAndGet();
          String path = exchange.getRequestURI().getRawPath().replace("/apis/ccompat/v7", "");
          Map<String, Object> schema = registry.schemas.get(path);
          boolean fails = registry.failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          byte[] body =
              fails
                  ? new byte[] {'{'}
                  : schema == null
                      ? NOT_FOUND.getBytes(StandardCharsets.UTF_8)
                      : JSON.writeValueAsBytes(schema);
          int status = fails ? registry.failure : schema == null ? 404 : 200;
          exchange.sendResponseHeaders(status, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    return registry;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/apis/ccompat/v7/";
  }

  public void put(int id, String schema) {
    schemas.put("/schemas/ids/" + id, Map.of("schema", schema));
  }

  /** A schema that uses others, which are named by their subjects and are of version 1. */
  public void put(int id, String schema, String... subjects) {
    schemas.put("/schemas/ids/" + id, referring(schema, subjects));
  }

  /** Version 1 of a subject, its name escaped for a path. */
  public void putSubject(String subject, String schema, String... subjects) {
    schemas.put("/subjects/" + subject + "/versions/1", referring(schema, subjects));
  }

  private static Map<String, Object> referring(String schema, String... subjects) {
    return Map.of(
        "schema",
        schema,
        "references",
        Stream.of(subjects).map(s -> Map.of("name", s, "subject", s, "version", 1)).toList());
  }

  /** Answers 503 so many times. */
  public void failNext(int times) {
    failNext(times, 503);
  }

  /** Answers with a status so many times. */
  public void failNext(int times, int status) {
    failure = status;
    failures.set(times);
  }

  public int timesAsked() {
    return asked.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
