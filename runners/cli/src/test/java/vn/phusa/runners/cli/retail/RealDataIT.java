package vn.phusa.runners.cli.retail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vn.phusa.runners.cli.Differences;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/**
 * A real shop's days, dirt and all: lines without a customer, cancellations, prices of zero or
 * less, products without a description, ids that differ in case only, countries for cities.
 */
@WithEmbeddedServices
class RealDataIT {
  private static final String DAYS = "vn.phusa.runners.cli.retail.RetailDays#all";

  @ParameterizedTest(name = "{0}")
  @MethodSource(DAYS)
  void everyLineIsLoadedOnceAndAddsUp(RetailDays days, EmbeddedPostgres postgres) throws Exception {
    assumeTrue(days.isThere(), days + " are not beside the repository");
    List<List<RetailLine>> lines = days.read();
    RetailTables all = last(OnlineRetail.afterEach(lines));
    try (RetailShop shop = RetailShop.open(postgres, "retail_at_once")) {
      shop.holds(all);
      Warehouse warehouse = shop.warehouse();

      shop.phusa("run");
      assertThat(warehouse.count("SELECT count(*) FROM fact_sales")).isEqualTo(days.lineCount());
      assertThat(warehouse.pairs(ExpectedSales.QUERY)).isEqualTo(ExpectedSales.of(lines));
      assertVersions(warehouse, List.of(all));
      assertSound(warehouse);
      assertThat(warehouse.pairs(LAST_COUNTS))
          .containsEntry("customers", all.customers().size() + " loaded, 0 skipped")
          .containsEntry("products", all.products().size() + " loaded, 0 skipped")
          .containsEntry("orders", all.orders().size() + " loaded, 0 skipped");

      Map<String, String> before = warehouse.everyRow();
      shop.phusa("run");
      assertThat(Differences.between(before, warehouse.everyRow())).isEmpty();

      shop.phusa("run", "--fromBeginning=true");
      assertThat(Differences.between(before, warehouse.everyRow())).isEmpty();
      assertThat(warehouse.pairs(LAST_COUNTS))
          .containsEntry("customers", "0 loaded, " + all.customers().size() + " skipped")
          .containsEntry("products", "0 loaded, " + all.products().size() + " skipped")
          .containsEntry("orders", "0 loaded, " + all.orders().size() + " skipped");
      assertSound(warehouse);
    }
  }

  /**
   * In order, dimensions come before facts, and are read from the beginning each day, so that
   * earlier states are met again. In reverse, facts come first, so that members are inferred, and
   * only what the day changed is read. A third time every other day is left out and comes late, and
   * the facts of all days come at the end. The states that are read are the same.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource(DAYS)
  void theDaysGiveTheSameHistoryInWhateverOrder(RetailDays days, EmbeddedPostgres postgres)
      throws Exception {
    assumeTrue(days.isThere(), days + " are not beside the repository");
    List<RetailTables> inOrder = OnlineRetail.afterEach(days.read());
    List<RetailTables> inReverse = new ArrayList<>(inOrder);
    Collections.reverse(inReverse);
    List<RetailTables> interleaved = new ArrayList<>();
    for (int first = 0; first < 2; first++) {
      for (int i = first; i < inOrder.size(); i += 2) {
        interleaved.add(inOrder.get(i));
      }
    }
    try (RetailShop forwards = RetailShop.open(postgres, "retail_in_order");
        RetailShop backwards = RetailShop.open(postgres, "retail_in_reverse");
        RetailShop late = RetailShop.open(postgres, "retail_late")) {
      for (RetailTables day : inOrder) {
        forwards.holds(day);
        forwards.phusa("load-dimensions", "--fromBeginning=true");
        forwards.phusa("load-facts", ofTheDay(day));
      }
      for (RetailTables day : inReverse) {
        backwards.holds(day);
        backwards.phusa("load-facts", ofTheDay(day));
        backwards.phusa("load-dimensions", ofTheDay(day));
      }
      for (RetailTables day : interleaved) {
        late.holds(day);
        late.phusa("load-dimensions", ofTheDay(day));
      }
      late.holds(last(inOrder));
      late.phusa("load-facts", "--fromBeginning=true");

      for (RetailShop shop : List.of(forwards, backwards, late)) {
        Warehouse warehouse = shop.warehouse();
        assertThat(warehouse.count("SELECT count(*) FROM fact_sales"))
            .isEqualTo(last(inOrder).orders().size());
        assertVersions(warehouse, inOrder);
        assertSound(warehouse);
      }
      assertThat(forwards.warehouse().count(KEYS_WITH_A_HISTORY)).isPositive();
      Map<String, String> sales = forwards.warehouse().salesByVersion();
      for (RetailShop shop : List.of(backwards, late)) {
        assertThat(Differences.between(sales, shop.warehouse().salesByVersion())).isEmpty();
      }

      // The last states once more: not the newest thing that came in, but nothing new.
      Map<String, String> before = backwards.warehouse().everyRow();
      backwards.holds(last(inOrder));
      backwards.phusa("run", "--fromBeginning=true");
      assertThat(Differences.between(before, backwards.warehouse().everyRow())).isEmpty();
    }
  }

  private static final String KEYS_WITH_A_HISTORY =
      "SELECT count(*) FROM dim_product WHERE NOT is_current";

  private static final String LAST_COUNTS =
      """
      SELECT DISTINCT ON (step) split_part(step, '/', 3),
             rows_loaded || ' loaded, ' || rows_skipped || ' skipped'
        FROM etl_step WHERE step LIKE '%/oltp/%' ORDER BY step, started DESC
      """;

  private static String[] ofTheDay(RetailTables tables) {
    return new String[] {"--from=" + tables.day(), "--to=" + tables.day().plusDays(1)};
  }

  private static void assertVersions(Warehouse warehouse, List<RetailTables> days)
      throws Exception {
    Set<Map<String, String>> customers = warehouse.versions("customer");
    Set<Map<String, String>> products = warehouse.versions("product");
    assertThat(Differences.between(ExpectedVersions.ofCustomers(days), customers)).isEmpty();
    assertThat(Differences.between(ExpectedVersions.ofProducts(days), products)).isEmpty();
    // Sets hide a row that is there twice.
    assertThat(warehouse.count("SELECT count(*) FROM dim_customer"))
        .isEqualTo(customers.size() + 1);
    assertThat(warehouse.count("SELECT count(*) FROM dim_product")).isEqualTo(products.size() + 1);
  }

  private static void assertSound(Warehouse warehouse) throws Exception {
    assertThat(warehouse.wrongKeys("customer")).isZero();
    assertThat(warehouse.wrongKeys("product")).isZero();
    assertThat(warehouse.unlawfulSteps()).isEmpty();
    assertThat(warehouse.pairs("SELECT id, d::text FROM dead_letter d")).isEmpty();
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }
}
