package vn.phusa.runners.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.cli.LoadedRows;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.samples.SampleShop;

/** A run that goes on where the one before stopped: what is newer by then is read too. */
@WithEmbeddedServices
class ResumedRunIT {

  @Test
  void tablesThatWereDoneAreReadAgain(EmbeddedPostgres postgres) throws Exception {
    try (ShopAndWarehouse databases = ShopAndWarehouse.in(postgres, "resumed")) {
      try (Connection shop = databases.shop()) {
        SampleShop.create(7, 50, 200, Instant.parse("2025-06-30T12:00:00Z")).writeTo(shop);
      }
      assertThat(databases.onWarehouse("migrate").code()).isZero();
      databases.executeInWarehouse(
          "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
              + " 'BEGIN RAISE EXCEPTION ''refused'' USING ERRCODE = ''42501''; END';"
              + "CREATE TRIGGER refuse BEFORE INSERT ON fact_transactions"
              + " EXECUTE FUNCTION refuse()");
      ShopAndWarehouse.Ended stopped = databases.load("run", "--stepRetries=0");
      assertThat(stopped.code()).as(stopped.all()).isEqualTo(3);
      assertThat(steps(databases)).contains(List.of("load-facts/oltp/orders", "succeeded"));
      long before = databases.countInWarehouse("SELECT count(*) FROM fact_sales");
      databases.executeInWarehouse("DROP TRIGGER refuse ON fact_transactions");
      sellAgain(databases);

      ShopAndWarehouse.Ended resumed = databases.load("run", "--overlap=PT0S");

      assertThat(resumed.code()).as(resumed.all()).isZero();
      assertThat(resumed.log()).contains("load-dimensions: done before the run stopped");
      assertThat(databases.countInWarehouse("SELECT count(*) FROM fact_sales"))
          .isEqualTo(before + 1);
      assertThat(databases.warehouseRows("SELECT status FROM etl_run WHERE command = 'run'"))
          .containsExactly(List.of("succeeded"));
      assertThat(LoadedRows.unconservedSteps(databases)).isEmpty();
    }
  }

  private static List<List<String>> steps(ShopAndWarehouse databases) throws Exception {
    return databases.warehouseRows("SELECT step, status FROM etl_step");
  }

  /** One more order like one that was loaded. */
  private static void sellAgain(ShopAndWarehouse databases) throws Exception {
    String like = databases.warehouseRows("SELECT min(order_id) FROM fact_sales").get(0).get(0);
    List<String> columns = new ArrayList<>();
    databases
        .shopRows(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'orders'"
                + " AND column_name NOT IN ('order_id', 'last_modified')")
        .forEach(row -> columns.add(row.get(0)));
    String others = String.join(", ", columns);
    databases.executeInShop(
        "INSERT INTO orders (order_id, last_modified, %1$s) SELECT 'again', now(), %1$s FROM orders"
                .formatted(others)
            + " WHERE order_id = '%s'".formatted(like));
  }
}
