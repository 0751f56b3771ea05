package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.runners.cli.ShopAndWarehouse.Ended;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** A table that refuses whatever comes is at fault itself: no row is rejected for it, none lost. */
@WithEmbeddedServices
@ExtendWith(EmptyShop.class)
class RefusingTableIT {
  private ShopAndWarehouse databases;

  @BeforeEach
  void take(ShopAndWarehouse own) {
    databases = own;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 500})
  void aColumnThatNobodyWritesFailsTheStep(int rows) throws Exception {
    transactions(rows, "");
    databases.executeInWarehouse("ALTER TABLE fact_transactions ADD z text NOT NULL");

    Ended refused = databases.load("load-facts");

    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.err())
        .contains(
            "warehouse (--warehouseUrl): it refuses", "of fact_transactions for the column z");
    assertThat(count("SELECT count(*) FROM dead_letter")).isZero();
    assertThat(count("SELECT count(*) FROM etl_watermark WHERE kind = 'transactions'")).isZero();

    databases.executeInWarehouse("ALTER TABLE fact_transactions DROP z");
    assertThat(databases.load("load-facts").code()).isZero();
    assertThat(count("SELECT count(*) FROM fact_transactions")).isEqualTo(rows);
  }

  @Test
  void aTypeThatWasNarrowedFailsTheStepToo() throws Exception {
    transactions(100, "");
    databases.executeInWarehouse(
        "ALTER TABLE fact_transactions ALTER transaction_id TYPE varchar(2)");

    assertThat(databases.load("load-facts").code()).isEqualTo(3);
    assertThat(count("SELECT count(*) FROM dead_letter")).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 500})
  void soDoesOneOfADimension(int rows) throws Exception {
    customers(rows);
    databases.executeInWarehouse(
        "ALTER TABLE dim_customer ADD z text NOT NULL DEFAULT 'x';"
            + "ALTER TABLE dim_customer ALTER z DROP DEFAULT");

    Ended refused = databases.load("load-dimensions");

    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.err()).contains("it refuses", "of dim_customer for the column z");
    assertThat(count("SELECT count(*) FROM dead_letter")).isZero();
    assertThat(count("SELECT count(*) FROM etl_watermark WHERE kind = 'customers'")).isZero();

    databases.executeInWarehouse("ALTER TABLE dim_customer DROP z");
    assertThat(databases.load("load-dimensions").code()).isZero();
    assertThat(count("SELECT count(*) FROM dim_customer WHERE customer_key > 0")).isEqualTo(rows);
  }

  @Test
  void newVersionsOfADimensionAreRefusedAsOneToo() throws Exception {
    customers(500);
    assertThat(databases.load("load-dimensions").code()).isZero();
    databases.executeInWarehouse(
        "ALTER TABLE dim_customer ADD z text NOT NULL DEFAULT 'x';"
            + "ALTER TABLE dim_customer ALTER z DROP DEFAULT");
    databases.executeInShop("UPDATE customers SET city = 'Vinh', last_modified = now()");

    assertThat(databases.load("load-dimensions").code()).isEqualTo(3);
    assertThat(count("SELECT count(*) FROM dead_letter")).isZero();

    databases.executeInWarehouse("ALTER TABLE dim_customer DROP z");
    assertThat(databases.load("load-dimensions").code()).isZero();
    assertThat(count("SELECT count(*) FROM dim_customer WHERE is_current AND city = 'Vinh'"))
        .isEqualTo(500);
  }

  @Test
  void aTypeOfADimensionThatWasNarrowedFailsTheStepToo() throws Exception {
    customers(100);
    databases.executeInWarehouse(
        "DROP VIEW customer_today; ALTER TABLE dim_customer ALTER state TYPE varchar(2)");

    assertThat(databases.load("load-dimensions").code()).isEqualTo(3);
    assertThat(count("SELECT count(*) FROM dead_letter")).isZero();
    assertThat(count("SELECT count(*) FROM etl_watermark WHERE kind = 'customers'")).isZero();
  }

  @Test
  void rejectedFactsComeInFromTheirDeadLetters() throws Exception {
    transactions(100, "");
    transactions(3, "bad");
    databases.executeInShop(
        "INSERT INTO orders (order_id, customer_id, platform, city, quantity, unit_price_usd,"
            + " payment_method, status, order_date, last_modified)"
            + " SELECT 'O' || n, 'C1', 'shopee', 'hcm', n, 1.25, 'cod', 'paid', '2025-03-01Z',"
            + " '2025-03-01Z' FROM generate_series(1, 50) n");
    databases.executeInWarehouse(
        "ALTER TABLE fact_transactions ADD CONSTRAINT no CHECK (transaction_id NOT LIKE 'bad%');"
            + "ALTER TABLE fact_sales ADD CONSTRAINT no CHECK (quantity > 2)");
    assertThat(databases.load("load-facts").code()).isZero();
    assertThat(count("SELECT count(*) FROM dead_letter")).isEqualTo(5);
    databases.executeInWarehouse(
        "ALTER TABLE fact_transactions DROP CONSTRAINT no;"
            + "ALTER TABLE fact_sales DROP CONSTRAINT no");

    Ended replayed = databases.onWarehouse("replay");

    assertThat(replayed.code()).as(replayed.all()).isZero();
    assertThat(databases.warehouseRows("SELECT DISTINCT status FROM dead_letter"))
        .containsExactly(List.of("replayed"));
    List<List<String>> fromLetters = facts();
    databases.executeInWarehouse("TRUNCATE fact_sales, fact_transactions");
    assertThat(databases.load("load-facts", "--fromBeginning=true").code()).isZero();
    assertThat(fromLetters).isEqualTo(facts()).hasSize(153);
  }

  /** But for when they were written, and when the rows were read. */
  private List<List<String>> facts() throws Exception {
    String row = "to_jsonb(f) - '{created_at,updated_at,change_observed_at}'::text[]";
    return databases.warehouseRows(
        "SELECT %1$s FROM fact_sales f UNION ALL SELECT %1$s FROM fact_transactions f ORDER BY 1"
            .formatted(row));
  }

  @Test
  void fewBadRowsAmongManyAreRejectedAlone() throws Exception {
    transactions(100, "");
    transactions(3, "bad");
    databases.executeInWarehouse(
        "ALTER TABLE fact_transactions ADD CHECK (transaction_id NOT LIKE 'bad%')");

    assertThat(databases.load("load-facts").code()).isZero();

    assertThat(count("SELECT count(*) FROM fact_transactions")).isEqualTo(100);
    assertThat(count("SELECT count(*) FROM dead_letter WHERE reason = 'refused_23514'"))
        .isEqualTo(3);
  }

  @Test
  void whatWasLoadedBeforeTheFailureIsSettled() throws Exception {
    databases.executeInShop(
        "INSERT INTO customers (customer_id, city, last_modified)"
            + " VALUES ('C1', 'Huế', '2025-01-01Z');"
            + "INSERT INTO orders (order_id, customer_id, order_date, last_modified)"
            + " VALUES ('O1', 'C1', '2025-01-10Z', '2025-01-10Z')");
    assertThat(databases.load("load-dimensions").code()).isZero();
    assertThat(databases.load("load-facts").code()).isZero();
    databases.executeInShop(
        "UPDATE customers SET city = 'Vinh', last_modified = '2025-01-05Z';"
            + "INSERT INTO products (product_id, name, last_modified)"
            + " VALUES ('P1', 'Nồi', '2025-01-05Z'), ('P2', 'Ấm', '2025-01-05Z')");
    databases.executeInWarehouse(
        "ALTER TABLE dim_product ADD CONSTRAINT none CHECK (product_key < 0)");

    Ended failed = databases.load("load-dimensions", "--fromBeginning=true");

    assertThat(failed.code()).as(failed.all()).isNotZero();
    assertThat(
            databases.warehouseRows(
                "SELECT c.city FROM fact_sales s JOIN dim_customer c USING (customer_key)"))
        .containsExactly(List.of("Vinh"));
  }

  private void transactions(int rows, String prefix) throws Exception {
    databases.executeInShop(
        ("INSERT INTO transactions (transaction_id, amount_usd, transaction_date)"
                + " SELECT '%s' || (n + 100), n, now() FROM generate_series(1, %s) n")
            .formatted(prefix, rows));
  }

  private void customers(int rows) throws Exception {
    databases.executeInShop(
        ("INSERT INTO customers (customer_id, city, state, last_modified)"
                + " SELECT 'C' || n, 'Huế', 'Phú Hội', '2025-01-01Z' FROM generate_series(1, %s) n")
            .formatted(rows));
  }

  private long count(String sql) throws Exception {
    return databases.countInWarehouse(sql);
  }
}
