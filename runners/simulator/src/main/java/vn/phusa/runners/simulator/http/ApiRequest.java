package vn.phusa.runners.simulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import vn.phusa.runners.simulator.fault.FaultKind;

/**
 * A request as a contract sees it.
 *
 * @param at when it was received
 * @param parameters those of the query, decoded, in order
 * @param fault the fault of a page that it suffers, or null
 */
public record ApiRequest(
    Instant at,
    String method,
    String path,
    Map<String, List<String>> parameters,
    Optional<String> authorization,
    Optional<String> contentType,
    String body,
    FaultKind fault) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static ApiRequest of(HttpExchange exchange, Instant at, FaultKind fault) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    return new ApiRequest(
        at,
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        parsed(exchange.getRequestURI().getRawQuery()),
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")),
        body,
        fault);
  }

  /** The parameters of a query or a form. */
  public static Map<String, List<String>> parsed(String text) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (text == null || text.isEmpty()) {
      return parameters;
    }
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      parameters.computeIfAbsent(decoded(name), key -> new ArrayList<>()).add(decoded(value));
    }
    return parameters;
  }

  /** The first value of a parameter; an empty one counts as none. */
  public Optional<String> parameter(String name) {
    return parameters.getOrDefault(name, List.of()).stream()
        .findFirst()
        .filter(value -> !value.isEmpty());
  }

  /** A whole number. */
  public long number(String name, long fallback, Supplier<Refusal> refusal) {
    try {
      return parameter(name).map(Long::parseLong).orElse(fallback);
    } catch (NumberFormatException e) {
      throw refusal.get();
    }
  }

  /** The body's JSON object. */
  public JsonNode json(Supplier<Refusal> refusal) {
    try {
      JsonNode node = JSON.readTree(body);
      if (node == null || !node.isObject()) {
        throw refusal.get();
      }
      return node;
    } catch (JsonProcessingException e) {
      throw refusal.get();
    }
  }

  /** The token of the header "Authorization: Bearer ...", whatever the case of the word. */
  public Optional<String> bearer() {
    return authorization
        .filter(value -> value.regionMatches(true, 0, "bearer ", 0, 7))
        .map(value -> value.substring(7).strip());
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Without what may hold a secret. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
