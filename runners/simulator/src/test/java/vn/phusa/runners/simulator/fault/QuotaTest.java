package vn.phusa.runners.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.simulator.HandClock;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.PlatformClient;
import vn.phusa.runners.simulator.http.LoggedRequest;
import vn.phusa.runners.simulator.http.RequestLog;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;

class QuotaTest {
  private final HandClock clock = new HandClock();

  @Test
  void answersSoManyRequestsInAnySlidingWindow() throws IOException {
    SimulatorSettings settings =
        SimulatorSettings.small()
            .withClock(clock)
            .withContract(
                contract ->
                    contract
                        .withQuota(SimulatedPlatform.TIKI, 3)
                        .withQuota(SimulatedPlatform.LAZADA, 1)
                        .withQuota(SimulatedPlatform.SHOPEE, 1)
                        .withQuotaWindow(Duration.ofSeconds(10)));
    try (MarketplaceSimulator simulator = MarketplaceSimulator.start(settings)) {
      PlatformClient client = new PlatformClient(simulator, clock);
      String token = client.tikiToken();
      clock.move(Duration.ofSeconds(4));
      assertThat(client.tiki(token, "/v2/products").statusCode()).isEqualTo(200);
      assertThat(client.tiki(token, "/v2/products").statusCode()).isEqualTo(200);
      HttpResponse<String> fourth = client.tiki(token, "/v2/products");
      assertThat(fourth.statusCode()).isEqualTo(429);
      assertThat(fourth.headers().firstValue("Retry-After")).contains("6");
      clock.move(Duration.ofSeconds(5));
      assertThat(client.tiki(token, "/v2/products").statusCode()).isEqualTo(429);
      assertThat(
              simulator
                  .log()
                  .requestsBeforeRetryAfter(SimulatedPlatform.TIKI, Duration.ofSeconds(1)))
          .isEqualTo(1);
      clock.move(Duration.ofSeconds(1));
      assertThat(client.tiki(token, "/v2/products").statusCode()).isEqualTo(200);
      assertThat(client.tiki(token, "/v2/products").statusCode()).isEqualTo(429);
      assertThat(simulator.log().count(SimulatedPlatform.TIKI, LoggedRequest.Outcome.LIMITED))
          .isEqualTo(3);
      assertThat(
              simulator
                  .log()
                  .requestsBeforeRetryAfter(SimulatedPlatform.TIKI, Duration.ofSeconds(1)))
          .isEqualTo(1);

      String lazada = client.lazadaToken();
      JsonNode refused = client.lazada("/products/get", Map.of("access_token", lazada));
      assertThat(refused.path("code").asText()).isIn("901", "ApiCallLimit");
      String shopee = client.shopeeToken();
      assertThat(client.shopee("/api/v2/product/get_category", shopee, "").path("error").asText())
          .isEqualTo("error_rate_limit");
    }
  }

  @Test
  void theDaysRequestsEndAndComeAgain() throws IOException {
    SimulatorSettings settings =
        SimulatorSettings.small()
            .withClock(clock) // 02:00 UTC, 10:00 in UTC+8
            .withContract(contract -> contract.withDailyQuota(SimulatedPlatform.SHOPEE, 2));
    try (MarketplaceSimulator simulator = MarketplaceSimulator.start(settings)) {
      PlatformClient client = new PlatformClient(simulator, clock);
      String path = "/api/v2/product/get_category";
      String token = client.shopeeToken();
      assertThat(client.shopee(path, token, "").path("error").asText()).isEmpty();
      assertThat(client.shopee(path, token, "").path("error").asText()).isEqualTo("error_limit");
      simulator.dailyQuota(SimulatedPlatform.SHOPEE, OptionalInt.of(1));
      assertThat(client.shopee(path, token, "").path("error").asText()).isEmpty();
      assertThat(client.shopee(path, token, "").path("error").asText()).isEqualTo("error_limit");
      clock.move(Duration.ofHours(14));
      assertThat(client.shopee(path, token, "").path("error").asText())
          .as("the token expired, which only an answered request tells")
          .isEqualTo("invalid_acceess_token");
    }
  }

  @Test
  void theLogCountsTheFullestWindow() {
    RequestLog log = new RequestLog();
    Instant start = Instant.parse("2025-11-03T00:00:00Z");
    for (int second : new int[] {0, 5, 9, 10, 11, 30, 31}) {
      log.add(
          new LoggedRequest(
              start.plusSeconds(second),
              SimulatedPlatform.TIKI,
              "GET",
              "/a",
              LoggedRequest.Outcome.ACCEPTED,
              ""));
    }
    assertThat(log.mostRequestsIn(SimulatedPlatform.TIKI, Duration.ofSeconds(10))).isEqualTo(4);
    assertThat(log.mostRequestsIn(SimulatedPlatform.TIKI, Duration.ofSeconds(1))).isEqualTo(1);
    assertThat(log.mostRequestsIn(SimulatedPlatform.TIKI, Duration.ofHours(1))).isEqualTo(7);
    assertThat(log.mostRequestsIn(SimulatedPlatform.SENDO, Duration.ofHours(1))).isZero();
    assertThat(log.countByPath(SimulatedPlatform.TIKI)).containsExactly(Map.entry("/a", 7L));
  }
}
