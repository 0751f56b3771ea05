package vn.phusa.runners.simulator.tiki;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.simulator.HandClock;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.PlatformCatalogue;
import vn.phusa.runners.simulator.PlatformClient;
import vn.phusa.runners.simulator.auth.PlatformCredentials;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;

class TikiContractTest {
  private final HandClock clock = new HandClock();
  private MarketplaceSimulator simulator;
  private PlatformCatalogue catalogue;
  private PlatformClient client;
  private String token;

  @BeforeEach
  void start() throws IOException {
    simulator = MarketplaceSimulator.start(SimulatorSettings.small().withClock(clock));
    catalogue = simulator.catalogue(SimulatedPlatform.TIKI);
    client = new PlatformClient(simulator, clock);
    token = client.tikiToken();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void givesEveryProductAndOrderOnce() throws IOException {
    assertThat(all("/v2/products?limit=50", "id"))
        .containsExactlyInAnyOrderElementsOf(catalogue.productIds());
    assertThat(all("/v2/orders?limit=100&order_by=created_at%7Casc", "code"))
        .containsExactlyElementsOf(catalogue.orderIds());
    String id = catalogue.productIds().get(5);
    assertThat(client.tiki(token, "/v2/products/" + id).body()).isEqualTo(catalogue.product(id));
    assertThat(client.tiki(token, "/v2/products/" + id + "?include=inventory").body())
        .isEqualTo(catalogue.tikiWithInventory(id))
        .contains("quantity_available");
    String code = catalogue.orderIds().get(5);
    assertThat(client.tiki(token, "/v2/orders/" + code).body()).isEqualTo(catalogue.order(code));
    assertThat(client.tiki(token, "/v2/orders?limit=100").body())
        .contains(catalogue.order(catalogue.orderIds().get(299)));
  }

  @Test
  void pagesItsCategories() throws IOException {
    JsonNode two = answer("/v2/categories?limit=5&page=2");
    assertThat(two.at("/paging/total").asInt()).isEqualTo(7);
    assertThat(two.at("/paging/last_page").asInt()).isEqualTo(2);
    List<String> ids = new ArrayList<>(PlatformClient.texts(two.path("data"), "id"));
    assertThat(ids).hasSize(2);
    ids.addAll(PlatformClient.texts(answer("/v2/categories?limit=5").path("data"), "id"));
    assertThat(ids).hasSize(7).contains("8322").doesNotHaveDuplicates();
    assertThat(answer("/v2/categories?page=3&limit=5").path("data")).isEmpty();
  }

  private JsonNode answer(String path) throws IOException {
    return PlatformClient.JSON.readTree(client.tiki(token, path).body());
  }

  private List<String> all(String path, String id) throws IOException {
    List<String> ids = new ArrayList<>();
    int page = 1;
    int last = 1;
    for (; page <= last; page++) {
      JsonNode answer =
          PlatformClient.JSON.readTree(client.tiki(token, path + "&page=" + page).body());
      ids.addAll(PlatformClient.texts(answer.path("data"), id));
      assertThat(answer.at("/paging/current_page").asInt()).isEqualTo(page);
      assertThat(answer.at("/paging/total").asInt()).isEqualTo(300);
      last = answer.at("/paging/last_page").asInt();
    }
    return ids;
  }

  @Test
  void filtersByLocalTimesOfChange() throws IOException {
    String since = "2025-10-01 10:00:00"; // the start, in Vietnam
    String path =
        "/v2/products?limit=100&updated_from_date="
            + URLEncoder.encode(since, StandardCharsets.UTF_8);
    assertThat(total(path)).isZero();
    simulator.advance(Duration.ofDays(1));
    long changed =
        catalogue.productIds().stream()
            .filter(
                id ->
                    catalogue.productUpdated(id).toString().compareTo("2025-10-01T03:00:00Z") >= 0)
            .count();
    assertThat(changed).isPositive();
    assertThat(total(path)).isEqualTo(changed);
    assertThat(client.tiki(token, path.replace("+", "T")).statusCode()).isEqualTo(400);
  }

  private long total(String path) throws IOException {
    return PlatformClient.JSON
        .readTree(client.tiki(token, path).body())
        .at("/paging/total")
        .asLong();
  }

  @Test
  void givesTokensToItsClientAlone() throws IOException {
    String url = simulator.origin(SimulatedPlatform.TIKI) + "/sc/oauth2/token";
    String form = "application/x-www-form-urlencoded";
    PlatformCredentials known = simulator.credentials(SimulatedPlatform.TIKI);
    String pair = known.get("client_id") + ":" + known.get("client_secret");
    HttpResponse<String> basic =
        client.post(
            url,
            "grant_type=client_credentials",
            "Content-Type",
            form,
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    assertThat(basic.statusCode()).isEqualTo(200);
    assertThat(basic.body()).contains("expires_in").doesNotContain("refresh_token");
    String wrong =
        Base64.getEncoder().encodeToString((pair + "x").getBytes(StandardCharsets.UTF_8));
    assertThat(
            client
                .post(
                    url,
                    "grant_type=client_credentials",
                    "Content-Type",
                    form,
                    "Authorization",
                    "Basic " + wrong)
                .statusCode())
        .isEqualTo(401);
    assertThat(client.tiki(token + "x", "/v2/products").statusCode()).isEqualTo(401);
    clock.move(Duration.ofHours(24));
    HttpResponse<String> expired = client.tiki(token, "/v2/products");
    assertThat(expired.statusCode()).isEqualTo(401);
    assertThat(expired.body()).contains("\"errors\":[");
    assertThat(simulator.log().refusals(SimulatedPlatform.TIKI))
        .containsExactly(
            "invalid_client: client credentials are wrong",
            "401: access token UNKNOWN",
            "401: access token EXPIRED");
  }

  @Test
  void keepsToItsLimits() throws IOException {
    assertThat(client.tiki(token, "/v2/products?limit=101").statusCode()).isEqualTo(400);
    assertThat(client.tiki(token, "/v2/products?page=0").statusCode()).isEqualTo(400);
    assertThat(client.tiki(token, "/v2/products/999").statusCode()).isEqualTo(404);
    assertThat(client.tiki(token, "/v2/nothing").statusCode()).isEqualTo(404);
  }
}
