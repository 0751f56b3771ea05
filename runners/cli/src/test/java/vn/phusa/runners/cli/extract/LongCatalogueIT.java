package vn.phusa.runners.cli.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;

/** More products than a platform lets offsets reach. */
@WithEmbeddedServices
class LongCatalogueIT {
  private static final Instant START = Instant.parse("2025-10-01T03:00:00Z");
  private static final int PRODUCTS = 500;
  private static final int OFFSET_LIMIT = 100;

  @TempDir private Path folder;
  private final MovedClock clock = new MovedClock(START);
  private MarketplaceSimulator simulator;
  private ExtractRuns runs;
  private StagedShops staged;

  @BeforeAll
  static void migrate(@TempDir Path home, FreshDatabase warehouse, EmbeddedMongo mongo)
      throws Exception {
    new ExtractRuns(home, warehouse, mongo).migrate();
  }

  @BeforeEach
  void open(FreshDatabase warehouse, EmbeddedMongo mongo) throws Exception {
    runs = new ExtractRuns(folder, warehouse, mongo);
    staged = StagedShops.emptied(mongo);
    simulator =
        MarketplaceSimulator.start(
            SimulatorSettings.small()
                .withCatalogue(c -> c.withStart(START).withSize(PRODUCTS, 1))
                .withContract(c -> c.withShopeeOffsetLimit(OFFSET_LIMIT))
                .withClock(clock));
  }

  @AfterEach
  void close() {
    staged.close();
    simulator.close();
  }

  private void assertAllStaged(String ofList) throws Exception {
    // What is read beside costs a request a product, and has nothing to do with it.
    String yaml = "limit: {requests: 0}\nextract: {products: {%salso: null}}\n".formatted(ofList);
    Path shops = runs.describe(simulator, yaml);
    runs.extract(clock.now(), shops, "--platforms=shopee");
    Map<String, String> products = staged.payloads("raw_products", SimulatedPlatform.SHOPEE);
    assertThat(products)
        .isEqualTo(
            StagedShops.products(
                SimulatedPlatform.SHOPEE, simulator.catalogue(SimulatedPlatform.SHOPEE)));
    assertThat(products).hasSize(PRODUCTS);
  }

  @Test
  void shopeesListIsCutByTimeWhereItsCapIsKnown() throws Exception {
    assertAllStaged("list: {paging: {greatestOffset: %d}}, ".formatted(OFFSET_LIMIT));
  }

  @Test
  void shopeesListIsCutByTimeWhereItsErrorTellsTheCap() throws Exception {
    assertAllStaged("");
  }
}
