package vn.phusa.runners.simulator.sendo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.simulator.HandClock;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.PlatformCatalogue;
import vn.phusa.runners.simulator.PlatformClient;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;

class SendoContractTest {
  private static final String PRODUCTS = "/partner/product/search";
  private static final String ORDERS = "/partner/salesorder/search";

  private final HandClock clock = new HandClock();
  private MarketplaceSimulator simulator;
  private PlatformCatalogue catalogue;
  private PlatformClient client;
  private String token;

  @BeforeEach
  void start() throws IOException {
    simulator = MarketplaceSimulator.start(SimulatorSettings.small().withClock(clock));
    catalogue = simulator.catalogue(SimulatedPlatform.SENDO);
    client = new PlatformClient(simulator, clock);
    token = client.sendoToken();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private List<String> all(String path, Map<String, Object> filter, String pointer)
      throws IOException {
    List<String> ids = new ArrayList<>();
    Map<String, Object> body = new HashMap<>(filter);
    body.put("page_size", 50);
    body.put("token", "");
    while (body.get("token") != null) {
      JsonNode answer = PlatformClient.JSON.readTree(client.sendo(token, path, body).body());
      assertThat(answer.path("success").asBoolean()).as("%s", answer).isTrue();
      answer.at("/result/data").forEach(row -> ids.add(row.at(pointer).asText()));
      body.put("token", answer.at("/result/next_token").textValue());
      filter.keySet().forEach(body::remove); // ignored with a token
    }
    return ids;
  }

  @Test
  void givesEveryProductAndOrderOnce() throws IOException {
    assertThat(all(PRODUCTS, Map.of(), "/id")).containsExactlyElementsOf(catalogue.productIds());
    assertThat(
            all(
                ORDERS,
                Map.of("order_date_from", "2025/01/01", "order_date_to", "2025/12/31"),
                "/sales_order/order_number"))
        .containsExactlyElementsOf(catalogue.orderIds());
    assertThat(all(ORDERS, Map.of(), "/sales_order/order_number"))
        .as("the last seven days")
        .isNotEmpty()
        .hasSizeLessThan(60);

    String id = catalogue.productIds().get(4);
    String detail =
        client
            .get(
                simulator.baseUrl(SimulatedPlatform.SENDO) + "/partner/product?id=" + id,
                "Authorization",
                "bearer " + token)
            .body();
    assertThat(detail).contains("{\"result\":" + catalogue.product(id) + ",\"success\":true");
    assertThat(catalogue.product(id)).contains("variants").isASCII();
    assertThat(catalogue.productRow(id)).doesNotContain("variants");
    String order = catalogue.orderIds().get(4);
    assertThat(
            client
                .get(
                    simulator.baseUrl(SimulatedPlatform.SENDO) + "/partner/salesorder/" + order,
                    "Authorization",
                    "bearer " + token)
                .body())
        .contains(catalogue.order(order));
  }

  @Test
  void keepsToItsLimits() throws IOException {
    assertThat(status(PRODUCTS, Map.of("page_size", 51))).isEqualTo(400);
    assertThat(status(PRODUCTS, Map.of("date_from", "2025/06/01"))).isEqualTo(400);
    assertThat(status(PRODUCTS, Map.of("date_from", "2025-06-01"))).isEqualTo(200);
    assertThat(status(ORDERS, range("2025/09/01", "2025/09/03"))).isEqualTo(200);
    assertThat(status(ORDERS, range("2025/09/01", "2025/09/04"))).isEqualTo(400);
    assertThat(simulator.log().refusals(SimulatedPlatform.SENDO))
        .contains("400: the range of order_status_date is open, or more than 3 days");
  }

  private static Map<String, Object> range(String from, String to) {
    return Map.of("order_status_date_from", from, "order_status_date_to", to);
  }

  private int status(String path, Map<String, Object> body) throws IOException {
    return client.sendo(token, path, body).statusCode();
  }

  @Test
  void ordersByDayOfStatusMakeUpAllOfThem() throws IOException {
    List<String> ids = new ArrayList<>();
    for (int day = 1; day <= 30; day += 3) {
      String month = "2025/09/%02d";
      ids.addAll(
          all(
              ORDERS,
              range(
                  String.format(Locale.ROOT, month, day),
                  String.format(Locale.ROOT, month, Math.min(30, day + 2))),
              "/sales_order/order_number"));
    }
    List<String> expected =
        catalogue.orderIds().stream()
            .filter(
                id -> {
                  String local = catalogue.orderUpdated(id).plusSeconds(7 * 3_600).toString();
                  return local.startsWith("2025-09");
                })
            .toList();
    assertThat(expected).hasSizeGreaterThan(50);
    assertThat(ids).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void onlyTheNewestTokenIsGoodAndTokensExpire() throws IOException {
    String old = token;
    Map<String, Object> first = Map.of("page_size", 10);
    JsonNode page = PlatformClient.JSON.readTree(client.sendo(token, PRODUCTS, first).body());
    Map<String, Object> next = Map.of("token", page.at("/result/next_token").asText());
    assertThat(status(PRODUCTS, next)).isEqualTo(200);
    token = client.sendoToken();
    assertThat(client.sendo(old, PRODUCTS, first).statusCode()).isEqualTo(401);
    assertThat(status(PRODUCTS, first)).isEqualTo(200);
    clock.move(Duration.ofMinutes(16));
    assertThat(status(PRODUCTS, next)).as("paging token").isEqualTo(400);
    clock.move(Duration.ofHours(8));
    HttpResponse<String> expired = client.sendo(token, PRODUCTS, first);
    assertThat(expired.body()).contains("\"exp\"").doesNotContain("success");
  }

  @Test
  void refusesTheSixthLoginOfASecond() throws IOException {
    for (int login = 2; login <= 5; login++) {
      assertThat(client.sendoToken()).isNotEmpty();
    }
    assertThat(client.sendoToken()).isEmpty();
    clock.move(Duration.ofSeconds(1));
    assertThat(client.sendoToken()).isNotEmpty();
  }
}
