package vn.phusa.runners.simulator.lazada;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.simulator.HandClock;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.PlatformCatalogue;
import vn.phusa.runners.simulator.PlatformClient;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;

class LazadaContractTest {
  private static final Map<String, String> SINCE_EVER =
      Map.of("update_after", "2020-01-01T00:00:00+0700", "sort_by", "updated_at");

  private final HandClock clock = new HandClock();
  private MarketplaceSimulator simulator;
  private PlatformClient client;
  private String token;

  @BeforeEach
  void start() throws IOException {
    simulator = MarketplaceSimulator.start(SimulatorSettings.small().withClock(clock));
    client = new PlatformClient(simulator, clock);
    token = client.lazadaToken();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private JsonNode call(String path, Map<String, String> parameters) throws IOException {
    return client.lazada(path, PlatformClient.with(parameters, "access_token", token));
  }

  @Test
  void refusesOneWrongByteAndSaysWhy() throws IOException {
    Map<String, String> signed =
        client.lazadaSigned("/products/get", Map.of("access_token", token, "filter", "all"));
    assertThat(client.lazadaAsIs("/products/get", signed).path("code").asText()).isEqualTo("0");

    Map<String, String> otherValue = PlatformClient.with(signed, "filter", "live");
    Map<String, String> lowerCase =
        PlatformClient.with(signed, "sign", signed.get("sign").toLowerCase(Locale.ROOT));
    for (Map<String, String> wrong : List.of(otherValue, lowerCase)) {
      JsonNode answer = client.lazadaAsIs("/products/get", wrong);
      assertThat(answer.path("code").asText()).isEqualTo("IncompleteSignature");
      assertThat(answer.path("type").asText()).isEqualTo("ISP");
    }
    assertThat(client.lazadaAsIs("/orders/get", signed).path("code").asText())
        .as("signed for another path")
        .isEqualTo("IncompleteSignature");
    assertThat(simulator.log().refusals(SimulatedPlatform.LAZADA))
        .hasSize(3)
        .allMatch(reason -> reason.startsWith("IncompleteSignature: the signature is not"));
  }

  @Test
  void refusesATimestampTwoHoursOff() throws IOException {
    Map<String, String> signed =
        client.lazadaSigned("/products/get", Map.of("access_token", token));
    clock.move(Duration.ofSeconds(7_200));
    assertThat(client.lazadaAsIs("/products/get", signed).path("code").asText()).isEqualTo("0");
    clock.move(Duration.ofSeconds(1));
    assertThat(client.lazadaAsIs("/products/get", signed).path("code").asText())
        .isEqualTo("IllegalTimestamp");
  }

  @Test
  void givesEveryProductOnceAsTheCatalogueHasIt() throws IOException {
    List<String> ids = new ArrayList<>();
    for (int offset = 0; offset < 300; offset += 50) {
      JsonNode data =
          call("/products/get", Map.of("offset", Integer.toString(offset), "limit", "50"))
              .path("data");
      assertThat(data.path("total_products").asInt()).isEqualTo(300);
      ids.addAll(PlatformClient.texts(data.path("products"), "item_id"));
    }
    PlatformCatalogue catalogue = simulator.catalogue(SimulatedPlatform.LAZADA);
    assertThat(ids).containsExactlyElementsOf(catalogue.productIds());
    assertThat(call("/products/get", Map.of("offset", "300")).at("/data/products").isMissingNode())
        .isTrue();

    String body =
        client
            .get(
                simulator.baseUrl(SimulatedPlatform.LAZADA)
                    + "/product/item/get?"
                    + PlatformClient.query(
                        client.lazadaSigned(
                            "/product/item/get",
                            Map.of("access_token", token, "item_id", ids.get(7)))))
            .body();
    assertThat(body).contains("\"data\":" + catalogue.product(ids.get(7)) + ",");
    JsonNode product = PlatformClient.JSON.readTree(body).path("data");
    assertThat(product.path("updated_time").isTextual()).isTrue();
    assertThat(product.at("/skus/0/SellerSku").asText()).startsWith("SKU-");
    assertThat(product.at("/skus/0/price").isNumber()).isTrue();
    assertThat(catalogue.product(ids.get(7))).containsPattern("\"price\":[0-9]+\\.00,");
  }

  @Test
  void keepsToItsLimits() throws IOException {
    assertThat(code("/products/get", Map.of("limit", "51"))).isEqualTo("19");
    assertThat(code("/products/get", Map.of("offset", "10001"))).isEqualTo("14");
    assertThat(code("/products/get", Map.of("offset", "10000"))).isEqualTo("0");
    assertThat(code("/products/get", Map.of("update_after", "2018-01-01"))).isEqualTo("17");
    assertThat(code("/products/get", Map.of("filter", "some"))).isEqualTo("36");
    assertThat(code("/orders/get", Map.of())).isEqualTo("MissingParameter");
    assertThat(code("/orders/get", PlatformClient.with(SINCE_EVER, "limit", "101")))
        .isEqualTo("19");
    assertThat(code("/orders/get", PlatformClient.with(SINCE_EVER, "status", "lost2")))
        .isEqualTo("36");
    String ids =
        simulator.catalogue(SimulatedPlatform.LAZADA).orderIds().stream()
            .limit(51)
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(code("/orders/items/get", Map.of("order_ids", ids))).isEqualTo("38");
    assertThat(code("/no/such", Map.of())).isEqualTo("InvalidApiPath");
  }

  private String code(String path, Map<String, String> parameters) throws IOException {
    return call(path, parameters).path("code").asText();
  }

  @Test
  void givesOrdersByUpdateAndTheirItems() throws IOException {
    List<String> ids = new ArrayList<>();
    List<String> times = new ArrayList<>();
    for (int offset = 0; offset < 300; offset += 100) {
      Map<String, String> page =
          PlatformClient.with(
              PlatformClient.with(SINCE_EVER, "offset", Integer.toString(offset)),
              "sort_direction",
              "ASC");
      JsonNode orders = call("/orders/get", page).at("/data/orders");
      ids.addAll(PlatformClient.texts(orders, "order_id"));
      times.addAll(PlatformClient.texts(orders, "updated_at"));
    }
    PlatformCatalogue catalogue = simulator.catalogue(SimulatedPlatform.LAZADA);
    assertThat(ids).containsExactlyInAnyOrderElementsOf(catalogue.orderIds());
    assertThat(times).isSorted().allMatch(time -> time.matches("[0-9-]{10} [0-9:]{8} \\+0700"));

    JsonNode data =
        call("/orders/items/get", Map.of("order_ids", "[" + ids.get(0) + ", " + ids.get(1) + "]"));
    assertThat(data.at("/data/0/order_id").asText()).isEqualTo(ids.get(0));
    assertThat(data.at("/data/0/order_items"))
        .isEqualTo(PlatformClient.JSON.readTree(catalogue.lazadaItems(ids.get(0))));
    JsonNode order = PlatformClient.JSON.readTree(catalogue.order(ids.get(0)));
    assertThat(order.path("items_count").asInt()).isEqualTo(data.at("/data/0/order_items").size());
    assertThat(order.path("price").asText()).matches("[0-9]{1,3}(,[0-9]{3})*\\.00");
  }

  @Test
  void tokensExpireAndRefreshTokensServeOnce() throws IOException {
    String refresh = simulator.credentials(SimulatedPlatform.LAZADA).get("refresh_token");
    clock.move(Duration.ofDays(30));
    assertThat(code("/products/get", Map.of())).isEqualTo("AccessTokenExpired");

    JsonNode fresh = client.lazada("/auth/token/refresh", Map.of("refresh_token", refresh));
    token = fresh.path("access_token").asText();
    assertThat(fresh.path("expires_in").asLong()).isEqualTo(Duration.ofDays(30).toSeconds());
    assertThat(code("/products/get", Map.of())).isEqualTo("0");
    assertThat(simulator.log().refreshTokensPresentedTwice(SimulatedPlatform.LAZADA)).isZero();

    assertThat(
            client
                .lazada("/auth/token/refresh", Map.of("refresh_token", refresh))
                .path("code")
                .asText())
        .isEqualTo("IllegalRefreshToken");
    assertThat(simulator.log().refreshTokensPresentedTwice(SimulatedPlatform.LAZADA)).isEqualTo(1);
    token = "made up";
    assertThat(code("/products/get", Map.of())).isEqualTo("IllegalAccessToken");
  }

  @Test
  void knowsItsTokensAfterARestart() throws IOException {
    simulator.close();
    simulator = MarketplaceSimulator.start(SimulatorSettings.small().withClock(clock));
    client = new PlatformClient(simulator, clock);
    assertThat(code("/products/get", Map.of())).isEqualTo("0");
    clock.move(Duration.ofDays(30));
    assertThat(code("/products/get", Map.of())).isEqualTo("AccessTokenExpired");
  }
}
