package vn.phusa.pipelines.io.warehouse.schema;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.warehouse.TestDatabase;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** Every column of every mart for shops of a few lines, computed by hand. */
@WithEmbeddedServices
class SmallShopsIT {

  private static final String MONTHLY =
      "SELECT month, platform, region, orders, lines, units, returns, revenue_usd, revenue_vnd,"
          + " gross_revenue_vnd, cancelled_revenue_vnd, returned_revenue_vnd, vat_vnd,"
          + " commission_usd, profit_usd, avg_order_value_vnd"
          + " FROM mv_monthly_sales ORDER BY month, platform, region";

  private static final String CUSTOMERS =
      "SELECT customer_id, region, customer_segment_vietnam,"
          + " (first_order AT TIME ZONE INTERVAL '+07:00')::date,"
          + " (last_order AT TIME ZONE INTERVAL '+07:00')::date,"
          + " recency_days, orders, revenue_vnd, gross_revenue_vnd, cancelled_revenue_vnd,"
          + " returned_revenue_vnd, avg_order_value_vnd, recency_quintile, frequency_quintile,"
          + " monetary_quintile, rfm_segment FROM mv_customer_analytics ORDER BY customer_id";

  private static final String PRODUCTS =
      "SELECT product_id, name, vietnam_category, brand, platform, units, returns, revenue_vnd,"
          + " gross_revenue_vnd, cancelled_revenue_vnd, returned_revenue_vnd, profit_usd,"
          + " return_rate, price_changes_last_year, current_stock, rank_in_category"
          + " FROM mv_product_performance ORDER BY product_id";

  private static final String MARKETING =
      "SELECT month, platform, day_kind, orders, days, revenue_vnd, gross_revenue_vnd,"
          + " cancelled_revenue_vnd, returned_revenue_vnd, avg_order_value_vnd,"
          + " revenue_per_day_vnd, uplift"
          + " FROM mv_marketing_performance ORDER BY month, platform, day_kind";

  private static final String CUBE =
      "SELECT month, platform, region, vietnam_category, orders, lines, units, revenue_usd,"
          + " revenue_vnd, gross_revenue_vnd, cancelled_revenue_vnd, returned_revenue_vnd,"
          + " profit_usd FROM mv_sales_cube WHERE grouping_id = %d ORDER BY 1, 2, 3, 4";

  private static TestDatabase database;

  @BeforeAll
  static void migrate(EmbeddedPostgres postgres) throws SQLException {
    database = TestDatabase.migrated(postgres);
    database.execute(
        "INSERT INTO dim_product (product_key, product_id, vietnam_category, effective_date,"
            + " is_current) VALUES (1, 'P1', 'Laptop', '2020-01-01+07', true),"
            + " (2, 'P2', 'Phones', '2020-01-01+07', true)");
  }

  @BeforeEach
  void empty() throws SQLException {
    database.execute("TRUNCATE fact_sales");
  }

  @Test
  void whatWasCancelledOrFailedIsGrossRevenueAlone() throws Exception {
    shop(
        "A1 N1 C1 P1 2025-03-03 Hanoi Shopee 2 1000 delivered",
        "A2 N2 C1 P1 2025-03-04 Hanoi Shopee 1 500 cancelled",
        "A3 N3 C2 P1 2025-03-05 Hanoi Shopee 1 300 failed",
        "A4 N4 C2 P1 2025-03-06 Hanoi Shopee -1 -200 cancelled");

    assertThat(database.rows(MONTHLY))
        .containsExactly(
            "2025-03-01 | Shopee | North | 1 | 4 | 2 | 0 | 10.0000 | 1000 | 1800 | 800 | 0 | 100"
                + " | 1.0000 | 2.0000 | 1000");
    assertThat(database.rows(CUSTOMERS))
        .containsExactly(
            "C1 | Unknown | null | 2025-03-03 | 2025-03-03 | 0 | 1 | 1000 | 1500 | 500 | 0 | 1000"
                + " | 1 | 1 | 1 | Lost",
            "C2 | Unknown | null | null | null | null | 0 | 0 | 300 | 300 | 0 | null | null | null"
                + " | null | null");
    assertThat(database.rows(PRODUCTS))
        .containsExactly(
            "P1 | null | Laptop | null | Unknown | 2 | 0 | 1000 | 1800 | 800 | 0 | 2.0000 | 0.0000"
                + " | 0 | null | 1",
            "P2 | null | Phones | null | Unknown | 0 | 0 | 0 | 0 | 0 | 0 | 0 | null | 0 | null | 1");
    assertThat(database.rows(MARKETING))
        .containsExactly(
            "2025-03-01 | Shopee | ordinary | 1 | 31 | 1000 | 1800 | 800 | 0 | 1000 | 32 | 0");
    assertThat(database.rows(CUBE.formatted(15)))
        .containsExactly(
            "null | null | null | null | 1 | 4 | 2 | 10.0000 | 1000 | 1800 | 800 | 0 | 2.0000");
  }

  @Test
  void whatIsReturnedInPartIsTakenOff() throws Exception {
    shop(
        "A1 N1 C1 P1 2025-03-03 Hanoi Shopee 2 1000 delivered",
        "A2 N1 C1 P2 2025-03-03 Hanoi Shopee 1 400 returned",
        "A3 N1 C1 P1 2025-03-09 Hanoi Shopee -1 -500 delivered");

    assertThat(database.rows(MONTHLY))
        .containsExactly(
            "2025-03-01 | Shopee | North | 1 | 3 | 1 | 2 | 5.0000 | 500 | 1400 | 0 | 900 | 50"
                + " | 0.5000 | 1.0000 | 500");
    assertThat(database.rows(CUSTOMERS))
        .containsExactly(
            "C1 | Unknown | null | 2025-03-03 | 2025-03-03 | 0 | 1 | 500 | 1400 | 0 | 900 | 500"
                + " | 1 | 1 | 1 | Lost");
    assertThat(database.rows(PRODUCTS))
        .containsExactly(
            "P1 | null | Laptop | null | Unknown | 1 | 1 | 500 | 1000 | 0 | 500 | 1.0000 | 0.5000"
                + " | 0 | null | 1",
            "P2 | null | Phones | null | Unknown | 0 | 1 | 0 | 400 | 0 | 400 | 0 | 1.0000 | 0"
                + " | null | 1");
    assertThat(database.rows(MARKETING))
        .containsExactly(
            "2025-03-01 | Shopee | ordinary | 1 | 31 | 500 | 1400 | 0 | 900 | 500 | 16 | 0");
    assertThat(database.rows(CUBE.formatted(14)))
        .containsExactly(
            "null | null | null | Laptop | 1 | 2 | 1 | 5.0000 | 500 | 1000 | 0 | 500 | 1.0000",
            "null | null | null | Phones | 0 | 1 | 0 | 0 | 0 | 400 | 0 | 400 | 0");
  }

  @Test
  void aRefundInTheNextMonthGoesWithItsBasketOrStandsAlone() throws Exception {
    shop(
        "A1 N1 C1 P1 2025-03-20 Hanoi Shopee 2 1000 delivered",
        "A2 N1 C1 P1 2025-04-05 Hanoi Shopee -1 -500 delivered",
        "B1 N9 C2 P1 2025-04-06 Hanoi Shopee -1 -200 delivered");

    assertThat(database.rows(MONTHLY))
        .containsExactly(
            "2025-03-01 | Shopee | North | 1 | 2 | 1 | 1 | 5.0000 | 500 | 1000 | 0 | 500 | 50"
                + " | 0.5000 | 1.0000 | 500",
            "2025-04-01 | Shopee | North | 0 | 1 | -1 | 1 | -2.0000 | -200 | 0 | 0 | 200 | -20"
                + " | -0.2000 | -0.4000 | null");
    assertThat(database.rows(MARKETING))
        .containsExactly(
            "2025-03-01 | Shopee | ordinary | 1 | 31 | 500 | 1000 | 0 | 500 | 500 | 16 | 0",
            "2025-04-01 | Shopee | ordinary | 0 | 30 | -200 | 0 | 0 | 200 | null | -7 | 0");
    assertThat(database.rows(CUSTOMERS))
        .as("a mere return is no order")
        .containsExactly(
            "C1 | Unknown | null | 2025-03-20 | 2025-03-20 | 0 | 1 | 500 | 1000 | 0 | 500 | 500"
                + " | 1 | 1 | 1 | Lost",
            "C2 | Unknown | null | null | null | null | 0 | -200 | 0 | 0 | 200 | null | null | null"
                + " | null | null");
  }

  @Test
  void aBasketOfTwoRegionsMonthsAndPlatformsBelongsToItsFirstLine() throws Exception {
    shop(
        "A2 N1 C1 P2 2025-04-01 HoChiMinhCity Tiki 1 300 delivered",
        "A1 N1 C1 P1 2025-03-31 Hanoi Shopee 1 100 delivered",
        "B1 N2 C1 P1 2025-04-02 Hanoi Tiki 1 50 delivered");

    assertThat(database.rows(MONTHLY))
        .containsExactly(
            "2025-03-01 | Shopee | North | 1 | 2 | 2 | 0 | 4.0000 | 400 | 400 | 0 | 0 | 40"
                + " | 0.4000 | 0.8000 | 400",
            "2025-04-01 | Tiki | North | 1 | 1 | 1 | 0 | 0.5000 | 50 | 50 | 0 | 0 | 5 | 0.0500"
                + " | 0.1000 | 50");
    assertThat(database.rows(CUBE.formatted(14)))
        .as("by category one order is in two")
        .containsExactly(
            "null | null | null | Laptop | 2 | 2 | 2 | 1.5000 | 150 | 150 | 0 | 0 | 0.3000",
            "null | null | null | Phones | 1 | 1 | 1 | 3.0000 | 300 | 300 | 0 | 0 | 0.6000");
    assertThat(database.rows(CUBE.formatted(15)))
        .containsExactly(
            "null | null | null | null | 2 | 3 | 3 | 4.5000 | 450 | 450 | 0 | 0 | 0.9000");
    assertThat(database.rows(CUBE.formatted(13)))
        .containsExactly(
            "null | null | North | null | 2 | 3 | 3 | 4.5000 | 450 | 450 | 0 | 0 | 0.9000");
  }

  @Test
  void aShopOfOneTimeBuyersHasNoLoyalOnes() throws Exception {
    shop(
        Stream.iterate(1, n -> n + 1)
            .limit(10)
            .map(n -> "A%d N%d C%d P1 2025-03-03 Hanoi Shopee 1 %d paid".formatted(n, n, n, n))
            .toArray(String[]::new));

    assertThat(
            database.rows(
                "SELECT recency_quintile, frequency_quintile, monetary_quintile, rfm_segment,"
                    + " count(*) FROM mv_customer_analytics GROUP BY 1, 2, 3, 4 ORDER BY 3"))
        .containsExactly(
            "1 | 1 | 1 | Lost | 2",
            "1 | 1 | 2 | Lost | 2",
            "1 | 1 | 3 | Lost | 2",
            "1 | 1 | 4 | At_Risk | 2",
            "1 | 1 | 5 | At_Risk | 2");
  }

  @Test
  void aBasketWithPromotedAndOtherLinesIsOneOrderOfEach() throws Exception {
    shop(
        "A1 N1 C1 P1 2025-03-03 Hanoi Shopee 1 100 paid promoted",
        "A2 N1 C1 P1 2025-03-03 Hanoi Shopee 1 100 paid",
        "A3 N1 C1 P1 2025-03-03 Hanoi Shopee 1 210 paid");

    assertThat(database.rows(MARKETING))
        .containsExactly(
            "2025-03-01 | Shopee | ordinary | 1 | 31 | 310 | 310 | 0 | 0 | 310 | 10 | 0",
            "2025-03-01 | Shopee | promotion | 1 | 31 | 100 | 100 | 0 | 0 | 100 | 3 | -0.6774");
    assertThat(database.value("SELECT sum(orders) FROM mv_monthly_sales")).isEqualTo("1");
  }

  @Test
  void aLineThatDoesNotCountIsLeftOut() throws Exception {
    shop(
        "A1 N1 C1 P1 2025-03-03 Hanoi Shopee 1 100 unmapped",
        "A2 N2 C1 P1 2025-03-03 Hanoi Shopee 1 100 paid");
    database.execute("UPDATE fact_sales SET is_counted = false WHERE order_id = 'A2'");
    refresh();

    assertThat(database.rows(CUBE.formatted(15)))
        .containsExactly(
            "null | null | null | null | 1 | 1 | 1 | 1.0000 | 100 | 100 | 0 | 0 | 0.2000");
    assertThat(database.rows("SELECT * FROM order_status"))
        .containsExactly("oltp | unmapped | unmapped | 1 | 100");
  }

  @Test
  void anEmptyShop() throws Exception {
    refresh();

    for (String mart : List.of(MONTHLY, CUSTOMERS, MARKETING)) {
      assertThat(database.rows(mart)).isEmpty();
    }
    assertThat(database.rows(PRODUCTS)).hasSize(2);
    assertThat(database.rows(CUBE.formatted(15)))
        .containsExactly("null | null | null | null | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0");
  }

  @Test
  void aMartThatSomebodyDroppedIsMadeAgainByMigrate() throws Exception {
    database.execute("DROP MATERIALIZED VIEW mv_sales_detail CASCADE");

    database.migrate();

    shop("A1 N1 C1 P1 2025-03-03 Hanoi Shopee 1 100 paid");
    assertThat(database.value("SELECT sum(orders) FROM mv_monthly_sales")).isEqualTo("1");
  }

  @Test
  void aLineOfBeforeThereWereGroupsIsGivenOneByMigrate() throws Exception {
    shop("A1 N1 C1 P1 2025-03-03 Hanoi Shopee 1 100 paid");
    database.execute("UPDATE fact_sales SET status = ' CANCELED', status_group = NULL");

    database.migrate();

    assertThat(database.value("SELECT status_group FROM fact_sales")).isEqualTo("cancelled");
  }

  /** Each line: order_id order_number customer product day city platform quantity dong status. */
  private static void shop(String... lines) throws SQLException {
    String values =
        Stream.of(lines)
            .map(
                line ->
                    Stream.of((line + (line.endsWith(" promoted") ? "" : " no")).split(" "))
                        .collect(joining("', '", "('", "')")))
            .collect(joining(", "));
    database.execute(
        "INSERT INTO fact_sales (order_id, order_number, customer_id, product_id, product_key,"
            + " time_key, order_timestamp, geography_key, platform, quantity, total_amount_vnd,"
            + " total_amount_usd, vat_amount_vnd, platform_commission, profit_margin_usd, status,"
            + " status_group, vietnam_promotion_applied, source)"
            + " SELECT id, number, customer, product, substr(product, 2)::int,"
            + " replace(day, '-', '')::int, (day || ' 12:00+07')::timestamptz,"
            + " (SELECT geography_key FROM dim_geography WHERE replace(dim_geography.city, ' ', '')"
            + " = l.city), platform, quantity::int, vnd::numeric, vnd::numeric / 100,"
            + " vnd::numeric / 10, vnd::numeric / 1000, vnd::numeric / 500, status, status,"
            + " promoted = 'promoted', 'oltp' FROM (VALUES "
            + values
            + ") AS l (id, number, customer, product, day, city, platform, quantity, vnd, status,"
            + " promoted)");
    refresh();
  }

  private static void refresh() throws SQLException {
    try (Connection connection = database.connect()) {
      Marts.refresh(connection, mart -> {});
    }
  }
}
