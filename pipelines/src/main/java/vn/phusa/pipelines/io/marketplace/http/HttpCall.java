package vn.phusa.pipelines.io.marketplace.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A request before it is sent. Its text form shows neither parameters nor headers, which hold
 * tokens and signatures.
 *
 * @param method GET or POST
 * @param base what the path is appended to
 * @param path after the base; what signatures are made over
 * @param query names and values, not encoded
 * @param headers by name
 * @param body null: none
 */
public record HttpCall(
    String method,
    String base,
    String path,
    List<Parameter> query,
    Map<String, String> headers,
    byte @Nullable [] body) {

  /** A parameter of the query. */
  public record Parameter(String name, String value) {}

  /** The same with further parameters, for all to be signed. */
  public HttpCall with(List<Parameter> further) {
    List<Parameter> all = new ArrayList<>(query);
    all.addAll(further);
    return new HttpCall(method, base, path, all, headers, body);
  }

  /** The same with a further header. */
  public HttpCall with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new HttpCall(method, base, path, query, all, body);
  }

  /** Where it goes; never to be shown. */
  public URI uri() {
    String parameters =
        query.stream()
            .map(p -> encoded(p.name()) + "=" + encoded(p.value()))
            .collect(Collectors.joining("&"));
    return URI.create(base + path + (parameters.isEmpty() ? "" : "?" + parameters));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
