package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.phusa.runners.cli.ShopAndWarehouse.Ended;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** Times of modification as databases really have them: naive, coarse, held back. */
@WithEmbeddedServices
@ExtendWith(EmptyShop.class)
class OperationalTimesIT {
  private static final String NAIVE =
      "ALTER TABLE customers ALTER last_modified TYPE timestamp(0)"
          + " USING last_modified AT TIME ZONE 'UTC'";

  private ShopAndWarehouse databases;

  @BeforeEach
  void take(ShopAndWarehouse own) {
    databases = own;
  }

  @Test
  void naiveUtcIsReadWhereItIsGivenAndRefusedByItsDefaultWhereNot() throws Exception {
    shop(NAIVE + ", ALTER last_modified SET DEFAULT (now() AT TIME ZONE 'UTC')");
    shop(
        "INSERT INTO customers (customer_id, city, last_modified)"
            + " VALUES ('U1', 'Đà Nẵng', now() AT TIME ZONE 'UTC' - interval '9 minutes')");

    Ended untold = load();
    assertThat(untold.code()).isEqualTo(2);
    assertThat(untold.err())
        .contains("--oltpTimeZone: customers.last_modified has no time zone")
        .contains("default in UTC");
    assertThat(count("SELECT count(*) FROM etl_watermark")).isZero();

    assertThat(load("--oltpTimeZone=UTC").code()).isZero();
    shop(
        // A column of whole seconds rounds, which would be a moment ahead.
        "UPDATE customers SET city = 'Huế',"
            + " last_modified = date_trunc('second', now() AT TIME ZONE 'UTC') WHERE customer_id = 'U1'");
    assertThat(load("--oltpTimeZone=UTC").code()).isZero();
    assertThat(
            databases.warehouseRows(
                "SELECT city, effective_date > now() - interval '10 minutes' FROM dim_customer"
                    + " WHERE customer_id = 'U1' ORDER BY effective_date"))
        .containsExactly(List.of("Da Nang", "t"), List.of("Hue", "t"));
  }

  @Test
  void aLagOfSevenHoursThatStaysIsEvidence() throws Exception {
    shop(NAIVE + ", ALTER last_modified DROP DEFAULT");
    String now = "now() AT TIME ZONE 'UTC'";
    shop(
        "INSERT INTO customers (customer_id, city, last_modified) VALUES ('U1', 'Huế', "
            + now
            + " - interval '1 minute')");
    assertThat(load().code()).as("a quiet shop looks like this, too").isZero();
    assertThat(load().code()).as("nothing changed").isZero();

    shop("UPDATE customers SET city = 'Vinh', last_modified = " + now);
    Ended second = load();

    assertThat(second.code()).isEqualTo(2);
    assertThat(second.err()).contains("--oltpTimeZone: customers.last_modified", "as with UTC");
    assertThat(load("--oltpTimeZone=+07:00").code()).as("told, it is believed").isZero();
  }

  @Test
  void aTableThatIsEditedByDayAndLoadedByNightIsNone() throws Exception {
    shop(NAIVE + ", ALTER last_modified DROP DEFAULT");
    // Vietnamese times, and the loads nine hours after each day's last edit.
    shop(
        "INSERT INTO customers (customer_id, city, last_modified) VALUES ('N1', 'Huế',"
            + " now() AT TIME ZONE 'Asia/Ho_Chi_Minh' - interval '33 hours')");
    assertThat(load().code()).isZero();
    databases.executeInWarehouse(
        "UPDATE etl_watermark SET position = to_char(now() AT TIME ZONE 'UTC' - interval '24 hours',"
            + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') WHERE kind = 'customers'");
    shop(
        "UPDATE customers SET city = 'Vinh',"
            + " last_modified = now() AT TIME ZONE 'Asia/Ho_Chi_Minh' - interval '9 hours'");

    Ended second = load();

    assertThat(second.code()).as(second.err()).isZero();
    assertThat(count("SELECT count(*) FROM dim_customer WHERE city = 'Vinh'")).isEqualTo(1);
  }

  @Test
  void timesAheadOfTheClockAreEvidence() throws Exception {
    shop(NAIVE + ", ALTER last_modified DROP DEFAULT");
    shop(
        "INSERT INTO customers (customer_id, last_modified) VALUES"
            + " ('T1', now() AT TIME ZONE 'Asia/Tokyo' - interval '1 minute')");

    Ended ended = load();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("--oltpTimeZone: ", "ahead of the database's clock");

    assertThat(load("--oltpTimeZone=Asia/Tokyo").code()).isZero();
    assertThat(count("SELECT count(*) FROM dim_customer WHERE customer_id = 'T1'")).isEqualTo(1);
  }

  @Test
  void aColumnOfDaysIsReadAgainWithinTheDay() throws Exception {
    shop(
        "ALTER TABLE products ALTER last_modified TYPE date USING last_modified::date,"
            + " ALTER last_modified SET DEFAULT current_date");
    shop(
        "INSERT INTO products (product_id, name, price_usd, last_modified)"
            + " VALUES ('G1', 'Ấm siêu tốc', 10, (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)");
    assertThat(load().code()).isZero();
    shop("UPDATE products SET price_usd = 11 WHERE product_id = 'G1'");

    Ended second = load("--overlap=PT0S");

    assertThat(second.code()).isZero();
    assertThat(
            databases.warehouseRows(
                "SELECT rows_read FROM etl_step WHERE step = 'load-dimensions/oltp/products'"
                    + " ORDER BY started"))
        .containsExactly(List.of("1"), List.of("1"));
    assertThat(
            databases.warehouseRows(
                "SELECT price_usd FROM dim_product WHERE product_id = 'G1' ORDER BY effective_date"))
        .as("of two states of one day the one that was seen later")
        .containsExactly(List.of("11.0000"));
  }

  @Test
  void aForgottenTransactionIsWarnedOfAndShown() throws Exception {
    shop("INSERT INTO customers (customer_id) VALUES ('C1')");
    try (Connection forgotten = databases.shop();
        Statement statement = forgotten.createStatement()) {
      statement.execute("SET application_name TO 'nightly dump'");
      forgotten.setAutoCommit(false);
      statement.execute("SELECT 1");
      assertThat(load().log()).as("seconds are nothing").doesNotContain("not loaded yet");
      letTransactionsLookOld();

      Ended ended = load();

      assertThat(ended.code()).isZero();
      assertThat(ended.log())
          .containsPattern("not loaded yet: process \\d+ of nightly dump, open since 20");
      assertThat(databases.onWarehouse("status").out())
          .containsPattern("oltp +customers .* held back by process \\d+ of nightly dump");
    }
    assertThat(load().code()).isZero();
    assertThat(databases.onWarehouse("status").out()).doesNotContain("held back");
  }

  /** A view of the server's own name, which the session finds first. */
  private void letTransactionsLookOld() throws Exception {
    shop(
        "CREATE SCHEMA clock; CREATE VIEW clock.pg_stat_activity AS SELECT datname, pid,"
            + " application_name, backend_type, xact_start - interval '10 minutes' AS xact_start"
            + " FROM pg_catalog.pg_stat_activity;"
            + " DO $$BEGIN EXECUTE format('ALTER DATABASE %I SET search_path"
            + " = clock, pg_catalog, public', current_database()); END$$");
  }

  private void shop(String sql) throws Exception {
    databases.executeInShop(sql);
  }

  private Ended load(String... more) {
    return databases.load("load-dimensions", more);
  }

  private long count(String sql) throws Exception {
    return databases.countInWarehouse(sql);
  }
}
