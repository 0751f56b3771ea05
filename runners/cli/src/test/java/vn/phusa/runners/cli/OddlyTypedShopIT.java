package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** A shop with texts for numbers, and with times without a zone, which are Vietnamese ones. */
@WithEmbeddedServices
@ExtendWith(EmptyShop.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OddlyTypedShopIT {
  private ShopAndWarehouse databases;

  @BeforeAll
  void load(ShopAndWarehouse own) throws Exception {
    databases = own;
    databases.executeInShop(
        """
        ALTER TABLE orders ALTER quantity TYPE text, ALTER unit_price_usd TYPE text,
          ALTER subtotal_usd TYPE text, ALTER total_amount_usd TYPE text,
          ALTER vietnam_promotion_applied TYPE text, ALTER order_date TYPE timestamp,
          ALTER last_modified TYPE timestamp;
        ALTER TABLE transactions ALTER amount_usd TYPE double precision;
        INSERT INTO orders (order_id, quantity, unit_price_usd, total_amount_usd,
          vietnam_promotion_applied, order_date, last_modified) VALUES
          ('plain', '2', '12.5', '25', 'true', '2024-03-01 02:00', '2024-03-01 06:59:59.999999'),
          ('spaced', ' 2 ', '12.50 ', '2.5e1', 'F', '2024-03-01 02:00', '2024-03-01 07:00'),
          ('empty', '', '', '', '', '2024-03-01 02:00', '2024-03-01 08:00'),
          ('comma', '2', '12,5', '25', 't', '2024-03-01 02:00', '2024-03-01 08:00'),
          ('words', 'hai', '12.5', '25', 't', '2024-03-01 02:00', '2024-03-01 08:00'),
          ('half', '1.5', '12.5', '25', 't', '2024-03-01 02:00', '2024-03-01 08:00'),
          ('maybe', '2', '12.5', '25', 'maybe', '2024-03-01 02:00', '2024-03-01 08:00'),
          ('huge', '2', '1e1000000000', '25', 't', '2024-03-01 02:00', '2024-03-01 08:00'),
          ('now', '2', '12.5', '25', 't', localtimestamp,
            clock_timestamp() AT TIME ZONE INTERVAL '+07:00' - interval '1 minute');
        INSERT INTO transactions (transaction_id, amount_usd, transaction_date) VALUES
          ('double', 12.345678, '2024-03-01 02:00+07'), ('nan', 'NaN', NULL),
          ('infinite', '-Infinity', NULL), ('great', 1e300, NULL);
        """);
  }

  @Test
  void textsAreReadAsNumbersAndNaiveTimesAsVietnamese() throws Exception {
    assertThat(databases.load("load-dimensions").code()).isZero();
    // The first instant of the period is that of the row "spaced": 07:00 in Vietnam.
    ShopAndWarehouse.Ended period =
        databases.load("load-facts", "--from=2024-03-01T00:00:00Z", "--to=2024-03-02");
    assertThat(period.code()).as(period.all()).isZero();
    assertThat(keys("fact_sales", "order_id")).containsExactly("empty", "spaced");
    assertThat(databases.countInWarehouse("SELECT count(*) FROM etl_watermark WHERE kind='orders'"))
        .isZero();

    ShopAndWarehouse.Ended all = databases.load("load-facts");
    assertThat(all.code()).as(all.all()).isZero();

    // "now" among them: not seven hours later.
    assertThat(keys("fact_sales", "order_id")).containsExactly("empty", "now", "plain", "spaced");
    assertThat(
            databases.warehouseRows(
                "SELECT order_id, quantity, unit_price_usd, total_amount_usd,"
                    + " vietnam_promotion_applied, order_timestamp, time_key FROM fact_sales"
                    + " WHERE order_id IN ('plain', 'spaced') ORDER BY 1"))
        .containsExactly(
            List.of("plain", "2", "12.5000", "25.0000", "t", "2024-02-29 19:00:00+00", "20240301"),
            List.of(
                "spaced", "2", "12.5000", "25.0000", "f", "2024-02-29 19:00:00+00", "20240301"));
    assertThat(
            databases.warehouseRows(
                "SELECT payload::jsonb->>'order_id', reason FROM dead_letter"
                    + " WHERE stage = 'cleanse-sales' ORDER BY 1"))
        .containsExactly(
            List.of("comma", "not_a_number"),
            List.of("half", "not_an_integer"),
            List.of("huge", "out_of_range"),
            List.of("maybe", "not_a_boolean"),
            List.of("words", "not_a_number"));
    assertThat(
            databases.warehouseRows(
                "SELECT payload::jsonb->>'transaction_id', reason FROM dead_letter"
                    + " WHERE stage = 'cleanse-transactions' ORDER BY 1"))
        .containsExactly(
            List.of("great", "out_of_range"),
            List.of("infinite", "not_a_number"),
            List.of("nan", "not_a_number"));
    assertThat(databases.warehouseRows("SELECT amount_usd FROM fact_transactions"))
        .containsExactly(List.of("12.3457"));
    assertThat(LoadedRows.unconservedSteps(databases)).isEmpty();
  }

  private List<String> keys(String table, String column) throws Exception {
    return databases.warehouseRows("SELECT %s FROM %s ORDER BY 1".formatted(column, table)).stream()
        .map(row -> row.get(0))
        .toList();
  }
}
