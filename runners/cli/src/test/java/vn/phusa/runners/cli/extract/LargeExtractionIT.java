package vn.phusa.runners.cli.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.address.SecretReference;
import vn.phusa.runners.cli.Launch;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.samples.SampleShop;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.PlatformCatalogue;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;

/**
 * All the way of many records: from four platforms through staging into the warehouse, beside those
 * of the shop's own database. With the system property phusa.faults=full 20,000 products and 20,000
 * orders a platform, which is more than any of their lists gives by its offsets.
 */
@WithEmbeddedServices
class LargeExtractionIT {
  private static final Logger LOG = LoggerFactory.getLogger(LargeExtractionIT.class);
  private static final boolean FULL = "full".equals(System.getProperty("phusa.faults"));
  private static final int RECORDS = FULL ? 20_000 : 200;
  private static final int SHOP_ORDERS = FULL ? 20_000 : 500;
  private static final Instant START = Instant.parse("2025-10-01T03:00:00Z");
  private static final String SHOP = "large_extraction_shop";
  private static final String THEIR_OWN =
      "orderAuthorities: {platforms: {Lazada: lazada, Shopee: shopee, Tiki: tiki, Sendo: sendo}}\n";

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void eachRecordComesOnceAndIsLoadedBesideTheShops(
      FreshDatabase warehouse, EmbeddedPostgres postgres, EmbeddedMongo mongo) throws Exception {
    ExtractRuns runs = new ExtractRuns(folder, warehouse, mongo);
    runs.migrate();
    SimulatorSettings settings =
        SimulatorSettings.small()
            .withCatalogue(c -> c.withStart(START).withSize(RECORDS, RECORDS))
            .withClock(new MovedClock(START));
    try (MarketplaceSimulator simulator = MarketplaceSimulator.start(settings);
        StagedShops staged = StagedShops.emptied(mongo)) {
      // The platforms' limits would make a day of it.
      Path shops = runs.describe(simulator, "limit: {requests: 0}\n");
      Clock clock = new MovedClock(START).now();

      long begun = System.nanoTime();
      Map<String, ExtractRuns.Counted> extracted = runs.extract(clock, shops);
      LOG.info("extracted in {} s", (System.nanoTime() - begun) / 1_000_000_000);

      staged.assertComplete(simulator);
      for (SimulatedPlatform platform : SimulatedPlatform.values()) {
        for (String part : List.of("products", "orders")) {
          ExtractRuns.Counted step = extracted.get("extract/" + platform.id() + "/" + part);
          assertThat(step.status()).isEqualTo("succeeded");
          assertThat(step.loaded()).as("%s %s", platform, part).isEqualTo(RECORDS);
          assertThat(step.rejected()).isZero();
        }
      }

      List<String> loadArguments = loadArguments(postgres);
      Map<String, ExtractRuns.Counted> dimensions =
          load(runs, shops, "load-dimensions", loadArguments);
      Map<String, ExtractRuns.Counted> facts = load(runs, shops, "load-facts", loadArguments);
      for (SimulatedPlatform platform : SimulatedPlatform.values()) {
        assertLoaded(platform, dimensions, facts);
        assertInWarehouse(platform, warehouse, lines(platform, simulator.catalogue(platform)));
      }
      assertThat(number(warehouse, "SELECT count(*) FROM fact_sales WHERE source = 'oltp'"))
          .as("the shop's own, without those that the platforms report")
          .isPositive();
      assertThat(dimensions.get("load-dimensions/oltp/products").loaded()).isPositive();
      assertThat(facts.get("load-facts/oltp/orders").read()).isPositive();
    }
  }

  private static void assertLoaded(
      SimulatedPlatform platform,
      Map<String, ExtractRuns.Counted> dimensions,
      Map<String, ExtractRuns.Counted> facts) {
    ExtractRuns.Counted products = dimensions.get("load-dimensions/" + platform.id() + "/products");
    ExtractRuns.Counted orders = facts.get("load-facts/" + platform.id() + "/orders");
    assertThat(products.read()).as("%s", platform).isEqualTo(RECORDS);
    assertThat(orders.read()).as("%s", platform).isEqualTo(RECORDS);
    assertThat(products.loaded()).as("%s", platform).isEqualTo(RECORDS);
    assertThat(orders.loaded()).as("%s", platform).isEqualTo(RECORDS);
  }

  private static void assertInWarehouse(
      SimulatedPlatform platform, FreshDatabase warehouse, long lines) throws Exception {
    assertThat(
            number(
                warehouse,
                "SELECT count(*) FROM dim_product WHERE is_current AND product_id LIKE '%s:%%'"
                    .formatted(platform.id())))
        .as("current products of %s", platform)
        .isEqualTo(RECORDS);
    assertThat(
            number(
                warehouse,
                "SELECT count(DISTINCT order_number) FROM fact_sales WHERE source = '%s'"
                    .formatted(platform.id())))
        .as("orders of %s", platform)
        .isEqualTo(RECORDS);
    assertThat(
            number(
                warehouse,
                "SELECT count(*) FROM fact_sales WHERE source = '%s'".formatted(platform.id())))
        .as("lines of %s", platform)
        .isEqualTo(lines);
  }

  private List<String> loadArguments(EmbeddedPostgres postgres) throws Exception {
    postgres.createDatabase(SHOP);
    try (Connection shop = postgres.connect(SHOP)) {
      SampleShop.create(7, 500, SHOP_ORDERS, START).writeTo(shop);
    }
    Path rules = Files.writeString(folder.resolve("rules.yaml"), THEIR_OWN);
    return List.of(
        "--rules=" + rules,
        "--oltpUrl=" + postgres.jdbcUrl(SHOP),
        "--oltpUser=" + postgres.user(),
        "--oltpPassword=" + SecretReference.toFile(postgres.passwordFile()));
  }

  /** Loads, and gives the counts of its steps, in which nothing is unaccounted for. */
  private static Map<String, ExtractRuns.Counted> load(
      ExtractRuns runs, Path shops, String command, List<String> arguments) throws SQLException {
    List<String> all = new ArrayList<>(runs.arguments(command, shops));
    all.addAll(arguments);
    long begun = System.nanoTime();
    Launch.succeeds(all.toArray(new String[0]));
    Map<String, ExtractRuns.Counted> steps = runs.lastSteps();
    LOG.info("{} in {} s: {}", command, (System.nanoTime() - begun) / 1_000_000_000, steps);
    return steps;
  }

  /** How many lines the platform's orders have, by what it serves. */
  private static long lines(SimulatedPlatform platform, PlatformCatalogue catalogue)
      throws JsonProcessingException {
    long lines = 0;
    for (String id : catalogue.orderIds()) {
      JsonNode order =
          JSON.readTree(
              platform == SimulatedPlatform.LAZADA
                  ? catalogue.lazadaItems(id)
                  : catalogue.order(id));
      lines +=
          switch (platform) {
            case LAZADA -> order.size();
            case SHOPEE -> order.at("/item_list").size();
            case TIKI -> order.at("/items").size();
            case SENDO -> order.at("/sku_details").size();
          };
    }
    return lines;
  }

  private static long number(FreshDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
