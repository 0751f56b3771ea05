package vn.phusa.runners.simulator.shopee;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.simulator.HandClock;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.PlatformCatalogue;
import vn.phusa.runners.simulator.PlatformClient;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;

class ShopeeContractTest {
  private static final String ITEMS = "/api/v2/product/get_item_list";
  private static final String ORDERS = "/api/v2/order/get_order_list";
  private static final long FORTNIGHT = Duration.ofDays(15).toSeconds();

  private final HandClock clock = new HandClock();
  private MarketplaceSimulator simulator;
  private PlatformCatalogue catalogue;
  private PlatformClient client;
  private String token;

  @BeforeEach
  void start() throws IOException {
    simulator =
        MarketplaceSimulator.start(
            SimulatorSettings.small()
                .withClock(clock)
                .withContract(contract -> contract.withShopeeOffsetLimit(200)));
    catalogue = simulator.catalogue(SimulatedPlatform.SHOPEE);
    client = new PlatformClient(simulator, clock);
    token = client.shopeeToken();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private String error(String path, String query) throws IOException {
    return client.shopee(path, token, query).path("error").asText();
  }

  @Test
  void refusesOneWrongByteAndSaysWhy() throws IOException {
    String query = "offset=0&page_size=10&item_status=NORMAL";
    String url = client.shopeeUrl(ITEMS, token, query);
    assertThat(client.get(url).statusCode()).isEqualTo(200);
    assertThat(client.get(url.replace("offset=0", "offset=5")).statusCode())
        .as("parameters are not signed")
        .isEqualTo(200);
    char first = url.charAt(url.indexOf("sign=") + 5);
    String wrong = url.replace("sign=" + first, "sign=" + (first == '0' ? '1' : '0'));
    String upper = url.replaceFirst("timestamp=[0-9]+", "timestamp=" + (clock.millis() / 1000 + 1));
    for (String bad : List.of(wrong, upper)) {
      assertThat(client.get(bad).body()).contains("\"error\":\"error_sign\"");
    }
    clock.move(Duration.ofSeconds(301));
    assertThat(client.get(url).body()).contains("Invalid timestamp");
    assertThat(simulator.log().refusals(SimulatedPlatform.SHOPEE))
        .containsExactly(
            "error_sign: the signature is not that of this request",
            "error_sign: the signature is not that of this request",
            "error_param: timestamp is not within 300 s, in seconds");
  }

  @Test
  void givesEveryItemOnceAndItsDetail() throws IOException {
    List<String> ids = new ArrayList<>();
    int offset = 0;
    boolean more = true;
    while (more) {
      JsonNode response =
          client
              .shopee(
                  ITEMS,
                  token,
                  "page_size=100&item_status=NORMAL&item_status=UNLIST&offset=" + offset)
              .path("response");
      ids.addAll(PlatformClient.texts(response.path("item"), "item_id"));
      more = response.path("has_next_page").asBoolean();
      offset = response.path("next_offset").asInt();
    }
    assertThat(ids).containsExactlyElementsOf(catalogue.productIds());

    List<String> some = ids.subList(0, 50);
    String body =
        client
            .get(
                client.shopeeUrl(
                    "/api/v2/product/get_item_base_info",
                    token,
                    "item_id_list=" + String.join(",", some)))
            .body();
    some.forEach(id -> assertThat(body).contains(catalogue.product(id)));
    JsonNode items = PlatformClient.JSON.readTree(body).at("/response/item_list");
    assertThat(items).hasSize(50);
    items.forEach(
        item ->
            assertThat(item.has("price_info")).isNotEqualTo(item.path("has_model").asBoolean()));
    String variants =
        StreamSupport.stream(items.spliterator(), false)
            .filter(item -> item.path("has_model").asBoolean())
            .findFirst()
            .orElseThrow()
            .path("item_id")
            .asText();
    JsonNode models = client.shopee("/api/v2/product/get_model_list", token, "item_id=" + variants);
    assertThat(models.path("response"))
        .isEqualTo(PlatformClient.JSON.readTree(catalogue.shopeeModels(variants)));
    assertThat(models.at("/response/model/0/price_info/0/current_price").asLong()).isPositive();
    assertThat(
            client
                .shopee("/api/v2/product/get_item_extra_info", token, "item_id_list=" + variants)
                .at("/response/item_list/0"))
        .isEqualTo(PlatformClient.JSON.readTree(catalogue.shopeeExtra(variants)));
  }

  @Test
  void keepsToItsLimits() throws IOException {
    assertThat(error(ITEMS, "page_size=101&offset=0&item_status=NORMAL")).isEqualTo("error_param");
    assertThat(error(ITEMS, "page_size=100&offset=0")).as("no status").isEqualTo("error_param");
    assertThat(
            client
                .shopee(ITEMS, token, "page_size=100&offset=201&item_status=NORMAL")
                .path("message")
                .asText())
        .isEqualTo("get items offset over limit, please use the next field");
    String ids = catalogue.productIds().stream().limit(51).collect(Collectors.joining(","));
    assertThat(error("/api/v2/product/get_item_base_info", "item_id_list=" + ids))
        .isEqualTo("error_param");
    String orders = catalogue.orderIds().stream().limit(51).collect(Collectors.joining(","));
    assertThat(error("/api/v2/order/get_order_detail", "order_sn_list=" + orders))
        .isEqualTo("error_param");
    long to = simulator.clock().now().getEpochSecond();
    String range = "page_size=100&time_range_field=update_time&time_to=" + to + "&time_from=";
    assertThat(error(ORDERS, range + (to - FORTNIGHT))).isEmpty();
    assertThat(error(ORDERS, range + (to - FORTNIGHT - 1)))
        .isEqualTo("order.order_list_invalid_time");
  }

  @Test
  void givesEveryOrderOnceByCursor() throws IOException {
    List<String> ids = new ArrayList<>();
    long end = simulator.clock().now().getEpochSecond();
    for (long from = end - 5 * FORTNIGHT; from <= end; from += FORTNIGHT + 1) {
      String range =
          "page_size=30&time_range_field=create_time&time_from="
              + from
              + "&time_to="
              + Math.min(end, from + FORTNIGHT)
              + "&cursor=";
      String cursor = "";
      do {
        JsonNode response = client.shopee(ORDERS, token, range + cursor).path("response");
        assertThat(response.path("order_list").path(0).has("order_status")).isFalse();
        ids.addAll(PlatformClient.texts(response.path("order_list"), "order_sn"));
        cursor = response.path("next_cursor").asText();
        assertThat(response.path("more").asBoolean()).isNotEqualTo(cursor.isEmpty());
      } while (!cursor.isEmpty());
    }
    assertThat(ids).containsExactlyElementsOf(catalogue.orderIds());
  }

  @Test
  void givesOptionalFieldsOnlyWhenAsked() throws IOException {
    String id = catalogue.orderIds().get(3);
    JsonNode bare =
        client
            .shopee("/api/v2/order/get_order_detail", token, "order_sn_list=" + id)
            .at("/response/order_list/0");
    assertThat(bare.has("order_status")).isTrue();
    assertThat(bare.has("item_list") || bare.has("total_amount")).isFalse();
    String body =
        client
            .get(
                client.shopeeUrl(
                    "/api/v2/order/get_order_detail",
                    token,
                    "response_optional_fields=item_list,total_amount&order_sn_list=" + id))
            .body();
    assertThat(body).contains(catalogue.shopeeOrder(id, Set.of("item_list", "total_amount")));
    assertThat(body).contains("model_quantity_purchased").doesNotContain("recipient_address");
  }

  @Test
  void tokensExpireRefreshTokensServeOnceAndCursorsExpire() throws IOException {
    String path = "/api/v2/auth/access_token/get";
    String refresh = simulator.credentials(SimulatedPlatform.SHOPEE).get("refresh_token");
    long to = simulator.clock().now().getEpochSecond();
    String list =
        "page_size=1&time_range_field=create_time&time_from=" + (to - FORTNIGHT) + "&time_to=" + to;
    String cursor = client.shopee(ORDERS, token, list).at("/response/next_cursor").asText();
    clock.move(Duration.ofHours(4));
    assertThat(error(ORDERS, list)).isEqualTo("invalid_acceess_token");
    JsonNode fresh = client.shopeeTokens(path, "refresh_token", refresh);
    assertThat(fresh.path("expire_in").asLong()).isEqualTo(4 * 3_600);
    assertThat(fresh.has("response")).isFalse();
    token = fresh.path("access_token").asText();
    assertThat(error(ORDERS, list + "&cursor=" + cursor)).isEqualTo("error_param");
    assertThat(error(ORDERS, list)).isEmpty();
    assertThat(client.shopeeTokens(path, "refresh_token", refresh).path("error").asText())
        .isEqualTo("error_auth");
    assertThat(simulator.log().refreshTokensPresentedTwice(SimulatedPlatform.SHOPEE)).isEqualTo(1);
  }
}
