package vn.phusa.runners.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import vn.phusa.runners.simulator.auth.PlatformCredentials;
import vn.phusa.runners.simulator.auth.Signing;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;

/** Speaks with the simulator as an application would that follows the contracts. */
public final class PlatformClient {
  public static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final MarketplaceSimulator simulator;
  private final Clock clock;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  public PlatformClient(MarketplaceSimulator simulator, Clock clock) {
    this.simulator = simulator;
    this.clock = clock;
  }

  public static Map<String, String> with(Map<String, String> map, String name, String value) {
    Map<String, String> copy = new TreeMap<>(map);
    copy.put(name, value);
    return copy;
  }

  public HttpResponse<String> get(String url, String... headers) throws IOException {
    return send(request(url, headers).GET().build());
  }

  public HttpResponse<String> post(String url, String body, String... headers) throws IOException {
    return send(request(url, headers).POST(BodyPublishers.ofString(body)).build());
  }

  private static HttpRequest.Builder request(String url, String... headers) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT);
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return builder;
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** The parameters of a request to Lazada with their signature. */
  public Map<String, String> lazadaSigned(String path, Map<String, String> parameters) {
    PlatformCredentials known = simulator.credentials(SimulatedPlatform.LAZADA);
    Map<String, String> all = new TreeMap<>(parameters);
    all.put("app_key", known.get("app_key"));
    all.put("timestamp", Long.toString(clock.millis()));
    all.put("sign_method", "sha256");
    all.put("sign", Signing.lazada(known.get("app_secret"), path, all));
    return all;
  }

  public JsonNode lazada(String path, Map<String, String> parameters) throws IOException {
    return lazadaAsIs(path, lazadaSigned(path, parameters));
  }

  public JsonNode lazadaAsIs(String path, Map<String, String> parameters) throws IOException {
    String url = simulator.baseUrl(SimulatedPlatform.LAZADA) + path + "?" + query(parameters);
    return JSON.readTree(get(url).body());
  }

  public String lazadaToken() throws IOException {
    String code = simulator.credentials(SimulatedPlatform.LAZADA).get("auth_code");
    return lazada("/auth/token/create", Map.of("code", code)).path("access_token").asText();
  }

  /** The URL of a request to Shopee, signed. */
  public String shopeeUrl(String path, String token, String query) {
    PlatformCredentials known = simulator.credentials(SimulatedPlatform.SHOPEE);
    String stamp = Long.toString(clock.instant().getEpochSecond());
    String shop = token.isEmpty() ? "" : known.get("shop_id");
    String sign =
        Signing.shopee(known.get("partner_key"), known.get("partner_id"), path, stamp, token, shop);
    String url =
        simulator.origin(SimulatedPlatform.SHOPEE)
            + path
            + "?partner_id="
            + known.get("partner_id")
            + "&timestamp="
            + stamp
            + "&sign="
            + sign;
    return (token.isEmpty() ? url : url + "&access_token=" + token + "&shop_id=" + shop)
        + (query.isEmpty() ? "" : "&" + query);
  }

  public JsonNode shopee(String path, String token, String query) throws IOException {
    return JSON.readTree(get(shopeeUrl(path, token, query)).body());
  }

  public JsonNode shopeeTokens(String path, String name, String value) throws IOException {
    PlatformCredentials known = simulator.credentials(SimulatedPlatform.SHOPEE);
    String body =
        "{\""
            + name
            + "\":\""
            + value
            + "\",\"partner_id\":"
            + known.get("partner_id")
            + ",\"shop_id\":"
            + known.get("shop_id")
            + "}";
    return JSON.readTree(
        post(shopeeUrl(path, "", ""), body, "Content-Type", "application/json").body());
  }

  public String shopeeToken() throws IOException {
    String code = simulator.credentials(SimulatedPlatform.SHOPEE).get("auth_code");
    return shopeeTokens("/api/v2/auth/token/get", "code", code).path("access_token").asText();
  }

  public String tikiToken() throws IOException {
    PlatformCredentials known = simulator.credentials(SimulatedPlatform.TIKI);
    String form =
        query(
            Map.of(
                "grant_type", "client_credentials",
                "client_id", known.get("client_id"),
                "client_secret", known.get("client_secret")));
    return JSON.readTree(
            post(
                    simulator.origin(SimulatedPlatform.TIKI) + "/sc/oauth2/token",
                    form,
                    "Content-Type",
                    "application/x-www-form-urlencoded")
                .body())
        .path("access_token")
        .asText();
  }

  public HttpResponse<String> tiki(String token, String pathAndQuery) throws IOException {
    return get(
        simulator.baseUrl(SimulatedPlatform.TIKI) + pathAndQuery,
        "Authorization",
        "Bearer " + token);
  }

  public String sendoToken() throws IOException {
    PlatformCredentials known = simulator.credentials(SimulatedPlatform.SENDO);
    String body =
        JSON.writeValueAsString(
            Map.of("shop_key", known.get("shop_key"), "secret_key", known.get("secret_key")));
    return JSON.readTree(
            post(
                    simulator.origin(SimulatedPlatform.SENDO) + "/login",
                    body,
                    "Content-Type",
                    "application/json")
                .body())
        .path("result")
        .path("token")
        .asText();
  }

  public HttpResponse<String> sendo(String token, String path, Map<String, Object> body)
      throws IOException {
    return post(
        simulator.baseUrl(SimulatedPlatform.SENDO) + path,
        JSON.writeValueAsString(body),
        "Content-Type",
        "application/json",
        "Authorization",
        "bearer " + token);
  }

  public static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  public static List<String> texts(JsonNode array, String field) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.path(field).asText()));
    return texts;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
