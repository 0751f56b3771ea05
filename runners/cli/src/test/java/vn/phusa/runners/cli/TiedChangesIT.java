package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.phusa.runners.cli.ShopAndWarehouse.Ended;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** Of two states of a row that say the same time, the one that is read later is the newer. */
@WithEmbeddedServices
@ExtendWith(EmptyShop.class)
class TiedChangesIT {
  private static final String CUSTOMERS = "load-dimensions/oltp/customers";
  private static final String ORDERS = "load-facts/oltp/orders";

  private ShopAndWarehouse databases;

  @BeforeEach
  void take(ShopAndWarehouse own) {
    databases = own;
  }

  @Test
  void aBulkUpdateThatMovesNoTimeIsTheNewerState() throws Exception {
    String[] parts = statements("ties.sql").split("-- LOAD\n", -1);
    databases.executeInShop(parts[0]);
    load();
    assertThat(customersIn("Ho Chi Minh City")).isEqualTo(500);
    databases.executeInShop(parts[1]);
    load();

    assertThat(customersIn("Hanoi")).isEqualTo(500);
    assertThat(databases.countInWarehouse("SELECT count(*) FROM dim_customer")).isEqualTo(501);
    assertThat(
            databases.countInWarehouse(
                "SELECT count(*) FROM fact_sales WHERE status = 'completed' AND quantity = 2"))
        .isEqualTo(1_000);
    assertThat(counted()).containsExactly(CUSTOMERS + " 500 500 0", ORDERS + " 1000 1000 0");

    // Read a third time, since nothing was remembered of when.
    String written =
        "SELECT max(xmin::text::bigint), max(updated_at) FROM fact_sales"
            + " UNION ALL SELECT max(xmin::text::bigint), NULL FROM dim_customer";
    List<List<String>> before = databases.warehouseRows(written);
    load("--fromBeginning");
    assertThat(databases.warehouseRows(written)).isEqualTo(before);
    assertThat(counted()).containsExactly(CUSTOMERS + " 500 0 500", ORDERS + " 1000 0 1000");
    assertThat(databases.countInWarehouse("SELECT count(*) FROM scd_change")).isZero();
  }

  @Test
  void aRowThatWasChangedBackInItsSecondIsAsTheSourceHasIt() throws Exception {
    databases.executeInShop(
        "INSERT INTO products (product_id, name, price_usd, last_modified)"
            + " VALUES ('P', 'one', 1, date_trunc('second', now()) - interval '20 seconds')");
    load();
    databases.executeInShop("UPDATE products SET name = 'two'");
    load();
    databases.executeInShop("UPDATE products SET name = 'one'");
    load();
    assertThat(databases.warehouseRows("SELECT name FROM dim_product WHERE product_key <> -1"))
        .containsExactly(List.of("one"));
  }

  private void load(String... more) {
    for (String command : List.of("load-dimensions", "load-facts")) {
      Ended ended = databases.load(command, more);
      assertThat(ended.code()).as(ended.all()).isZero();
    }
  }

  private long customersIn(String city) throws Exception {
    return databases.countInWarehouse(
        "SELECT count(*) FROM dim_customer WHERE is_current AND city = '" + city + "'");
  }

  /** Of the newest run of each step that had rows: read, loaded, skipped. */
  private List<String> counted() throws Exception {
    return databases
        .warehouseRows(
            "SELECT DISTINCT ON (step) step || ' ' || rows_read || ' ' || rows_loaded || ' '"
                + " || rows_skipped FROM etl_step WHERE rows_read > 0"
                + " ORDER BY step, started DESC")
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  private static String statements(String file) throws Exception {
    try (InputStream in = TiedChangesIT.class.getResourceAsStream("/history/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
