package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.samples.SampleShop;

/** Input that comes twice, late, or not at all: the law of conservation holds over all of it. */
@WithEmbeddedServices
class RepeatedInputIT {
  private static final List<String> TABLES =
      List.of("customers", "products", "orders", "transactions");

  @Test
  void theSampleShopIsCountedRowByRowThroughADayOfChanges(EmbeddedPostgres postgres)
      throws Exception {
    try (ShopAndWarehouse databases = ShopAndWarehouse.in(postgres, "conserved")) {
      SampleShop sample = SampleShop.create(11, 300, 3_000, Instant.parse("2025-06-30T12:00:00Z"));
      try (Connection shop = databases.shop()) {
        sample.writeTo(shop);
      }
      done(databases.onWarehouse("migrate"));
      loadAndCount(databases, true);
      assertThat(databases.countInWarehouse("SELECT count(*) FROM dead_letter")).isPositive();
      List<String> dimensions = LoadedRows.ofDimensions(databases);
      List<String> facts = LoadedRows.ofFacts(databases);

      // The same input again: all of it is skipped, nothing changes.
      done(databases.load("load-dimensions", "--fromBeginning=true"));
      done(databases.load("load-facts", "--fromBeginning=true"));
      assertThat(
              databases.countInWarehouse(
                  "SELECT sum(rows_loaded) FROM (SELECT DISTINCT ON (step) * FROM etl_step"
                      + " ORDER BY step, started DESC) newest"))
          .isZero();
      assertThat(LoadedRows.ofDimensions(databases)).isEqualTo(dimensions);
      assertThat(LoadedRows.ofFacts(databases)).isEqualTo(facts);

      for (int day = 1; day <= 2; day++) {
        try (Connection shop = databases.shop()) {
          assertThat(sample.applyDay(shop, day, Instant.now())).isPositive();
        }
        loadAndCount(databases, false);
      }
      assertThat(LoadedRows.ofFacts(databases)).hasSizeGreaterThan(facts.size());
      assertThat(LoadedRows.unconservedSteps(databases)).isEmpty();
    }
  }

  /** Loads, and holds what was read and what became of it against the source. */
  private static void loadAndCount(ShopAndWarehouse databases, boolean first) throws Exception {
    Map<String, String> begins = new HashMap<>();
    for (String table : TABLES) {
      begins.put(table, first ? "-infinity" : watermark(databases, table, "- interval '1 minute'"));
    }
    loadAll(databases);
    for (String table : TABLES) {
      String inSource =
          databases
              .shopRows(
                  "SELECT count(*) FROM %s WHERE last_modified >= '%s' AND last_modified < '%s'"
                      .formatted(table, begins.get(table), watermark(databases, table, "")))
              .get(0)
              .get(0);
      assertThat(
              databases
                  .warehouseRows(
                      "SELECT rows_read, rows_loaded + rows_rejected + rows_skipped FROM etl_step"
                          + " WHERE step LIKE '%/oltp/"
                          + table
                          + "' ORDER BY started DESC")
                  .get(0))
          .as(table)
          .containsExactly(inSource, inSource);
    }
  }

  private static String watermark(ShopAndWarehouse databases, String table, String less)
      throws Exception {
    return databases
        .warehouseRows(
            "SELECT position::timestamptz %s FROM etl_watermark WHERE kind = '%s'"
                .formatted(less, table))
        .get(0)
        .get(0);
  }

  @Test
  void anOlderStateThatComesLateEndsInTheSameRows(EmbeddedPostgres postgres) throws Exception {
    try (ShopAndWarehouse inOrder = ShopAndWarehouse.in(postgres, "in_order");
        ShopAndWarehouse late = inOrder.withWarehouse(postgres, "late_warehouse")) {
      inOrder.createShopTables();
      done(inOrder.onWarehouse("migrate"));
      done(late.onWarehouse("migrate"));

      state(inOrder, "Hà Nội", "paid", "2024-03-01 00:00:00+00");
      loadAll(inOrder);
      state(inOrder, "Huế", "completed", "2024-05-01 00:00:00+00");
      loadAll(inOrder, "--fromBeginning=true");
      loadAll(late);
      List<List<String>> watermarks =
          late.warehouseRows("SELECT kind, position FROM etl_watermark ORDER BY 1");
      state(inOrder, "Hà Nội", "paid", "2024-03-01 00:00:00+00");
      loadAll(late, "--from=2024-03-01", "--to=2024-03-02");

      assertThat(LoadedRows.ofDimensions(late)).isEqualTo(LoadedRows.ofDimensions(inOrder));
      assertThat(LoadedRows.ofFacts(late)).isEqualTo(LoadedRows.ofFacts(inOrder));
      assertThat(
              late.warehouseRows(
                  "SELECT f.status, c.city, c.expiry_date FROM fact_sales f"
                      + " JOIN dim_customer c USING (customer_key)"))
          .as("the version of the order's time, the newest state of the order")
          .containsExactly(List.of("completed", "Hanoi", "2024-05-01 00:00:00+00"));
      assertThat(late.warehouseRows("SELECT kind, position FROM etl_watermark ORDER BY 1"))
          .isEqualTo(watermarks);
      assertThat(LoadedRows.unconservedSteps(late)).isEmpty();
    }
  }

  /** The shop's only customer, product, order and payment, as they are at a time. */
  private static void state(ShopAndWarehouse databases, String city, String status, String time)
      throws Exception {
    databases.executeInShop(
        """
        TRUNCATE customers, products, orders, transactions;
        INSERT INTO customers (customer_id, city, last_modified) VALUES ('C1', '%1$s', '%3$s');
        INSERT INTO products (product_id, name, last_modified) VALUES ('P1', '%1$s', '%3$s');
        INSERT INTO orders (order_id, customer_id, product_id, status, order_date, last_modified)
          VALUES ('O1', 'C1', 'P1', '%2$s', '2024-04-01 00:00:00+00', '%3$s');
        INSERT INTO transactions (transaction_id, status, last_modified)
          VALUES ('T1', '%2$s', '%3$s');
        """
            .formatted(city, status, time));
  }

  @Test
  void anEmptySourceIsLoadedAsNothing(EmbeddedPostgres postgres) throws Exception {
    try (ShopAndWarehouse databases = ShopAndWarehouse.in(postgres, "nothing")) {
      databases.createShopTables();
      done(databases.onWarehouse("migrate"));
      loadAll(databases);
      loadAll(databases, "--fromBeginning=true");
      loadAll(databases, "--from=2024-03-01", "--to=2024-03-02");
      done(databases.onWarehouse("refresh-marts"));

      assertThat(databases.countInWarehouse("SELECT sum(rows_read) FROM etl_step")).isZero();
      assertThat(databases.countInWarehouse("SELECT count(*) FROM etl_watermark")).isEqualTo(4);
      assertThat(databases.countInWarehouse("SELECT count(*) FROM fact_sales")).isZero();
      assertThat(LoadedRows.unconservedSteps(databases)).isEmpty();
    }
  }

  private static void loadAll(ShopAndWarehouse databases, String... more) {
    done(databases.load("load-dimensions", more));
    done(databases.load("load-facts", more));
  }

  private static void done(ShopAndWarehouse.Ended ended) {
    assertThat(ended.code()).as(ended.all()).isZero();
  }
}
