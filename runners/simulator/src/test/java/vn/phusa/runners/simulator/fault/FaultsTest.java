package vn.phusa.runners.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.simulator.HandClock;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.PlatformCatalogue;
import vn.phusa.runners.simulator.PlatformClient;
import vn.phusa.runners.simulator.http.LoggedRequest;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;

class FaultsTest {
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

  private HttpResponse<String> page(int page) throws IOException {
    return client.tiki(token, "/v2/products?limit=50&order_by=created_at%7Casc&page=" + page);
  }

  private HttpResponse<String> failed(FaultKind kind) throws IOException {
    simulator.failNext(SimulatedPlatform.TIKI, kind);
    return page(1);
  }

  @Test
  void saysTooManyRequestsInThreeWays() throws IOException {
    HttpResponse<String> seconds = failed(FaultKind.TOO_MANY_REQUESTS_SECONDS);
    assertThat(seconds.statusCode()).isEqualTo(429);
    assertThat(seconds.headers().firstValue("Retry-After")).contains("1");
    HttpResponse<String> date = failed(FaultKind.TOO_MANY_REQUESTS_DATE);
    ZonedDateTime when =
        ZonedDateTime.parse(
            date.headers().firstValue("Retry-After").orElseThrow(),
            DateTimeFormatter.RFC_1123_DATE_TIME);
    assertThat(when.toInstant()).isEqualTo(clock.instant().plusSeconds(1));
    HttpResponse<String> plain = failed(FaultKind.TOO_MANY_REQUESTS_PLAIN);
    assertThat(plain.statusCode()).isEqualTo(429);
    assertThat(plain.headers().firstValue("Retry-After")).isEmpty();
    assertThat(page(1).statusCode()).isEqualTo(200);
  }

  @Test
  void failsAsServersDo() throws IOException {
    assertThat(failed(FaultKind.SERVER_ERROR).statusCode()).isBetween(500, 503);
    assertThat(failed(FaultKind.PLATFORM_ERROR).body()).contains("errors");
    assertThat(failed(FaultKind.CUT_BEFORE).statusCode())
        .as("the JDK's client asks again by itself")
        .isEqualTo(200);
    assertThatThrownBy(() -> failed(FaultKind.CUT)).isInstanceOf(IOException.class);
    HttpResponse<String> half = failed(FaultKind.TRUNCATED);
    assertThat(half.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> PlatformClient.JSON.readTree(half.body()))
        .isInstanceOf(JsonProcessingException.class);
    simulator.faults(FaultPlan.none().withSlowness(Duration.ofMillis(300)));
    long before = System.nanoTime();
    assertThat(failed(FaultKind.SLOW).statusCode()).isEqualTo(200);
    assertThat(System.nanoTime() - before).isGreaterThan(290_000_000L);
    assertThat(simulator.log().of(SimulatedPlatform.TIKI).stream().map(LoggedRequest::reason))
        .containsSubsequence(
            "SERVER_ERROR", "PLATFORM_ERROR", "CUT_BEFORE", "CUT", "TRUNCATED", "SLOW");
  }

  private List<String> ids(int page) throws IOException {
    JsonNode answer = PlatformClient.JSON.readTree(page(page).body());
    return PlatformClient.texts(answer.path("data"), "id");
  }

  @Test
  void repeatsAPageWithoutLosingAny() throws IOException {
    List<String> first = ids(1);
    simulator.failNext(SimulatedPlatform.TIKI, FaultKind.DUPLICATE_PAGE);
    assertThat(ids(2)).isEqualTo(first);
    List<String> all = new ArrayList<>(first);
    for (int page = 3; page <= 7; page++) {
      all.addAll(ids(page));
    }
    assertThat(all).containsExactlyElementsOf(catalogue.productIds());
  }

  @Test
  void reordersRowsAndPages() throws IOException {
    List<String> first = ids(1);
    simulator.failNext(SimulatedPlatform.TIKI, FaultKind.REORDERED_ROWS);
    assertThat(ids(1)).isNotEqualTo(first).containsExactlyInAnyOrderElementsOf(first);

    List<String> second = ids(2);
    List<String> third = ids(3);
    simulator.failNext(SimulatedPlatform.TIKI, FaultKind.REORDERED_PAGES);
    assertThat(ids(2)).isEqualTo(third);
    assertThat(ids(3)).isEqualTo(second);
  }

  @Test
  void changesARecordBetweenTwoPages() throws IOException {
    String id = catalogue.productIds().get(25);
    String before = catalogue.product(id);
    simulator.failNext(SimulatedPlatform.TIKI, FaultKind.CHANGED_RECORD);
    assertThat(page(1).body()).contains(before);
    assertThat(catalogue.product(id)).isNotEqualTo(before);
    assertThat(catalogue.productUpdated(id)).isEqualTo(simulator.clock().now());
    assertThat(page(1).body()).contains(catalogue.product(id)).doesNotContain(before);
  }

  @Test
  void happensToItsShareOfRequests() throws IOException {
    simulator.faults(FaultPlan.each(7, 0.2, Set.of(FaultKind.TOO_MANY_REQUESTS_PLAIN)));
    List<Integer> first = statuses();
    assertThat(first.stream().filter(status -> status == 429).count()).isBetween(20L, 60L);
    simulator.faults(FaultPlan.each(7, 0.2, Set.of(FaultKind.TOO_MANY_REQUESTS_PLAIN)));
    assertThat(statuses()).as("the same seed").isEqualTo(first);
  }

  private List<Integer> statuses() throws IOException {
    List<Integer> statuses = new ArrayList<>();
    for (int request = 0; request < 200; request++) {
      statuses.add(page(1 + request % 6).statusCode());
    }
    return statuses;
  }

  @Test
  void tokensAreNeverSpentInVain() throws IOException {
    simulator.faults(FaultPlan.each(3, 1, Set.of(FaultKind.CUT)));
    String refresh = simulator.credentials(SimulatedPlatform.SHOPEE).get("refresh_token");
    String path = "/api/v2/auth/access_token/get";
    assertThatThrownBy(() -> client.shopeeTokens(path, "refresh_token", refresh))
        .isInstanceOf(IOException.class);
    simulator.faults(FaultPlan.none());
    assertThat(client.shopeeTokens(path, "refresh_token", refresh).path("access_token").asText())
        .isNotEmpty();
    assertThat(simulator.log().refreshTokensPresentedTwice(SimulatedPlatform.SHOPEE)).isZero();
  }

  @Test
  void everyPlatformSaysItsOwnWords() throws IOException {
    for (SimulatedPlatform platform : SimulatedPlatform.values()) {
      simulator.failNext(platform, FaultKind.PLATFORM_RATE_LIMIT);
      simulator.failNext(platform, FaultKind.PLATFORM_ERROR);
    }
    Set<String> lazada = new HashSet<>();
    for (int request = 0; request < 2; request++) {
      lazada.add(client.lazada("/products/get", Map.of()).path("code").asText());
    }
    assertThat(lazada).contains("6").containsAnyOf("901", "ApiCallLimit");
    assertThat(client.shopee("/api/v2/product/get_category", "x", "").path("error").asText())
        .isEqualTo("error_rate_limit");
    assertThat(client.shopee("/api/v2/product/get_category", "x", "").path("error").asText())
        .isEqualTo("error_server");
    assertThat(simulator.log().count(SimulatedPlatform.SHOPEE, LoggedRequest.Outcome.FAULT))
        .isEqualTo(2);
    assertThat(simulator.log().refusals(SimulatedPlatform.SHOPEE)).isEmpty();
    assertThat(page(1).headers().firstValue("Retry-After")).contains("1");
    HttpResponse<String> sendo = client.sendo("x", "/partner/product/search", Map.of());
    assertThat(sendo.statusCode()).isEqualTo(429);
    assertThat(sendo.headers().firstValue("Retry-After")).isEmpty();
  }
}
