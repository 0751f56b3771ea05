package vn.phusa.pipelines.io.marketplace.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.phusa.pipelines.io.marketplace.spec.StreamSpec;

/** Makes requests from a description's request. */
public final class RequestTemplate {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

  private final String base;
  private final StreamSpec.Request request;

  public RequestTemplate(String base, StreamSpec.Request request) {
    this.base = base;
    this.request = request;
  }

  /**
   * A request.
   *
   * @param values what stands in the places, as JSON values; a place without one is empty
   */
  public HttpCall fill(Map<String, JsonNode> values) {
    List<HttpCall.Parameter> query = new ArrayList<>();
    request
        .parameters()
        .forEach(
            (name, value) -> {
              if (value.isArray()) {
                value.forEach(v -> add(query, name, text(v.asText(), values)));
              } else {
                add(query, name, text(value.asText(), values));
              }
            });
    Map<String, String> headers = new java.util.LinkedHashMap<>(request.headers());
    byte[] body = null;
    if (request.body() != null) {
      headers.put("Content-Type", "application/json");
      body = bytes(json(request.body(), values));
    }
    return new HttpCall(request.method(), base, path(request.path(), values), query, headers, body);
  }

  private static void add(List<HttpCall.Parameter> query, String name, String value) {
    if (!value.isEmpty()) {
      query.add(new HttpCall.Parameter(name, value));
    }
  }

  private static String path(String template, Map<String, JsonNode> values) {
    return PLACE
        .matcher(template)
        .replaceAll(
            position ->
                Matcher.quoteReplacement(HttpCall.encoded(valueOf(position.group(1), values))));
  }

  private static String text(String template, Map<String, JsonNode> values) {
    return template.indexOf('{') < 0
        ? template
        : PLACE
            .matcher(template)
            .replaceAll(position -> Matcher.quoteReplacement(valueOf(position.group(1), values)));
  }

  private static String valueOf(String position, Map<String, JsonNode> values) {
    JsonNode value = values.get(position);
    return value == null ? "" : value.isContainerNode() ? value.toString() : value.asText();
  }

  /** A place that is the whole text keeps its type: a number stays one. */
  private static JsonNode json(JsonNode template, Map<String, JsonNode> values) {
    if (template.isTextual()) {
      Matcher whole = PLACE.matcher(template.asText());
      return whole.matches() && values.containsKey(whole.group(1))
          ? values.get(whole.group(1))
          : TextNode.valueOf(text(template.asText(), values));
    }
    if (template.isObject()) {
      ObjectNode filled = JSON.createObjectNode();
      template.fields().forEachRemaining(f -> filled.set(f.getKey(), json(f.getValue(), values)));
      return filled;
    }
    if (template.isArray()) {
      ArrayNode filled = JSON.createArrayNode();
      template.forEach(item -> filled.add(json(item, values)));
      return filled;
    }
    return template;
  }

  private static byte[] bytes(JsonNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values could not be written");
    }
  }
}
