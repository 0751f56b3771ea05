package vn.phusa.runners.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;

class CatalogueTest {
  private static Map<String, String> products(PlatformCatalogue catalogue) {
    return catalogue.productIds().stream()
        .collect(Collectors.toMap(Function.identity(), catalogue::product));
  }

  private static Map<String, String> orders(PlatformCatalogue catalogue) {
    return catalogue.orderIds().stream()
        .collect(Collectors.toMap(Function.identity(), catalogue::order));
  }

  @ParameterizedTest
  @EnumSource
  void isTheSameForTheSameSeedAndTime(SimulatedPlatform platform) throws IOException {
    try (MarketplaceSimulator one = MarketplaceSimulator.start(SimulatorSettings.small());
        MarketplaceSimulator two = MarketplaceSimulator.start(SimulatorSettings.small());
        MarketplaceSimulator other =
            MarketplaceSimulator.start(
                SimulatorSettings.small().withCatalogue(catalogue -> catalogue.withSeed(1)))) {
      one.advance(Duration.ofHours(50));
      two.advance(Duration.ofHours(20));
      two.advance(Duration.ofHours(30));
      assertThat(products(one.catalogue(platform))).isEqualTo(products(two.catalogue(platform)));
      assertThat(orders(one.catalogue(platform))).isEqualTo(orders(two.catalogue(platform)));
      assertThat(products(other.catalogue(platform)))
          .isNotEqualTo(products(one.catalogue(platform)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatChangesSaysWhen(SimulatedPlatform platform) throws IOException {
    try (MarketplaceSimulator simulator = MarketplaceSimulator.start(SimulatorSettings.small())) {
      PlatformCatalogue catalogue = simulator.catalogue(platform);
      Map<String, String> productsBefore = products(catalogue);
      Map<String, String> ordersBefore = orders(catalogue);
      Instant before = simulator.clock().now();
      simulator.advance(Duration.ofDays(2));
      Map<String, String> productsAfter = products(catalogue);
      Map<String, String> ordersAfter = orders(catalogue);
      int changed = 0;
      for (String id : productsBefore.keySet()) {
        boolean differs = !productsAfter.get(id).equals(productsBefore.get(id));
        assertThat(catalogue.productUpdated(id).isAfter(before)).as(id).isEqualTo(differs);
        changed += differs ? 1 : 0;
      }
      assertThat(changed).isBetween(20, 120);
      assertThat(ordersAfter).hasSize(ordersBefore.size() + 2 * 96);
      int moved = 0;
      for (String id : ordersBefore.keySet()) {
        boolean differs = !ordersAfter.get(id).equals(ordersBefore.get(id));
        assertThat(catalogue.orderUpdated(id).isAfter(before)).as(id).isEqualTo(differs);
        moved += differs ? 1 : 0;
      }
      assertThat(moved).isPositive();
      assertThat(catalogue.orderIds())
          .allMatch(id -> !catalogue.orderUpdated(id).isAfter(simulator.clock().now()));
    }
  }

  @Test
  void hasTheDirtOfRealNames() throws IOException {
    try (MarketplaceSimulator simulator =
        MarketplaceSimulator.start(
            SimulatorSettings.small().withCatalogue(catalogue -> catalogue.withSize(2_000, 10)))) {
      PlatformCatalogue catalogue = simulator.catalogue(SimulatedPlatform.SHOPEE);
      List<String> names = new ArrayList<>();
      int unrated = 0;
      for (String id : catalogue.productIds()) {
        names.add(PlatformClient.JSON.readTree(catalogue.product(id)).path("item_name").asText());
        JsonNode extra = PlatformClient.JSON.readTree(catalogue.shopeeExtra(id));
        unrated += extra.path("rating_star").asDouble() == 0 ? 1 : 0;
      }
      assertThat(names.stream().anyMatch(name -> name.contains("\t"))).isTrue();
      assertThat(names.stream().anyMatch(name -> name.contains("\u200B"))).isTrue();
      assertThat(
              names.stream().anyMatch(name -> !Normalizer.isNormalized(name, Normalizer.Form.NFC)))
          .isTrue();
      assertThat(
              names.stream()
                  .anyMatch(
                      name ->
                          !Normalizer.isNormalized(name, Normalizer.Form.NFC)
                              && !Normalizer.isNormalized(name, Normalizer.Form.NFD)))
          .isTrue();
      assertThat(unrated).isBetween(100, 800);
      assertThat(simulator.catalogue(SimulatedPlatform.LAZADA).orderIds())
          .anyMatch(id -> simulator.catalogue(SimulatedPlatform.LAZADA).order(id).contains("****"));
    }
  }

  @Test
  void givesIdsTwiceOnRequest() throws IOException {
    try (MarketplaceSimulator simulator =
        MarketplaceSimulator.start(
            SimulatorSettings.small().withCatalogue(catalogue -> catalogue.withRepeatedIds(0.1)))) {
      PlatformClient client = new PlatformClient(simulator, Clock.systemUTC());
      String token = client.tikiToken();
      List<String> ids = new ArrayList<>();
      List<String> rows = new ArrayList<>();
      for (int page = 1; page <= 4; page++) {
        JsonNode data =
            PlatformClient.JSON
                .readTree(client.tiki(token, "/v2/products?limit=100&page=" + page).body())
                .path("data");
        data.forEach(row -> rows.add(row.toString()));
        ids.addAll(PlatformClient.texts(data, "id"));
      }
      assertThat(new HashSet<>(ids)).hasSize(300);
      assertThat(ids).hasSizeBetween(310, 360);
      assertThat(rows).doesNotHaveDuplicates();
    }
  }

  @Test
  void twentyThousandOfEachAreCheap() throws IOException {
    long before = System.nanoTime();
    try (MarketplaceSimulator simulator =
        MarketplaceSimulator.start(
            SimulatorSettings.small()
                .withCatalogue(catalogue -> catalogue.withSize(20_000, 20_000)))) {
      PlatformClient client = new PlatformClient(simulator, Clock.systemUTC());
      String token = client.tikiToken();
      HashSet<String> ids = new HashSet<>();
      for (int page = 1; page <= 200; page++) {
        JsonNode data =
            PlatformClient.JSON
                .readTree(client.tiki(token, "/v2/orders?limit=100&page=" + page).body())
                .path("data");
        ids.addAll(PlatformClient.texts(data, "code"));
      }
      assertThat(ids).hasSize(20_000);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(40));
  }
}
