package vn.phusa.pipelines.io.warehouse.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.warehouse.TestDatabase;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

@WithEmbeddedServices
class MartsIT {

  private TestDatabase database;

  @BeforeEach
  void load(EmbeddedPostgres postgres) throws SQLException {
    database = TestDatabase.migrated(postgres);
    database.run("/warehouse/marts.sql");
  }

  @Test
  void monthlySales() throws Exception {
    refresh();

    assertThat(
            database.rows(
                "SELECT month, platform, region, orders, lines, units, returns, revenue_usd,"
                    + " revenue_vnd, vat_vnd, commission_usd, profit_usd, avg_order_value_vnd"
                    + " FROM mv_monthly_sales ORDER BY month, platform"))
        .containsExactly(
            "2025-01-01 | Shopee | North | 3 | 3 | 6 | 0 | 60.0000 | 1440000 | 144000 | 3.3000 | 12.0000 | 480000",
            "2025-03-01 | Shopee | North | 2 | 4 | 3 | 1 | 25.0000 | 600000 | 60000 | 1.3750 | 5.0000 | 300000",
            "2025-03-01 | Unknown | Unknown | 1 | 1 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | null",
            "null | Tiki | South | 1 | 1 | 3 | 0 | 30.0000 | 720000 | 72000 | 2.4000 | 6.0000 | 720000");
  }

  @Test
  void customerAnalytics() throws Exception {
    refresh();

    assertThat(
            database.rows(
                "SELECT customer_id, region, customer_segment_vietnam,"
                    + " (first_order AT TIME ZONE '+07')::date, (last_order AT TIME ZONE '+07')::date,"
                    + " recency_days, orders, revenue_vnd, avg_order_value_vnd, recency_quintile,"
                    + " frequency_quintile, monetary_quintile, rfm_segment"
                    + " FROM mv_customer_analytics ORDER BY customer_id"))
        .containsExactly(
            "C1 | North | Premium | 2025-01-10 | 2025-03-03 | 7 | 3 | 1680000 | 560000 | 2 | 4 | 4 | At_Risk",
            "C2 | North | Regular | 2025-03-05 | 2025-03-10 | 0 | 2 | 120000 | 120000 | 4 | 2 | 1 | Potential_Loyal",
            "C3 | Unknown | null | 2025-01-11 | 2025-01-11 | 58 | 1 | 240000 | 240000 | 1 | 1 | 2 | Lost");
  }

  @Test
  void customerSegments() throws Exception {
    database.execute("TRUNCATE fact_sales");
    // customer, orders, total revenue; each next customer ordered a day later than the one before
    database.execute(
        "INSERT INTO fact_sales (order_id, customer_id, time_key, order_timestamp, total_amount_vnd)"
            + " SELECT k || '-' || n, k, 20250300 + day, make_timestamptz(2025, 3, day, 12, 0, 0, 'UTC'),"
            + " revenue / orders FROM (VALUES ('K1', 1, 1, 100), ('K2', 2, 2, 900), ('K3', 3, 4, 500),"
            + " ('K4', 4, 1, 300), ('K5', 5, 5, 1000)) AS c (k, day, orders, revenue),"
            + " generate_series(1, orders) AS n");

    refresh();

    assertThat(
            database.rows(
                "SELECT customer_id, recency_quintile, frequency_quintile, monetary_quintile,"
                    + " rfm_segment FROM mv_customer_analytics ORDER BY customer_id"))
        .containsExactly(
            "K1 | 1 | 1 | 1 | Lost",
            "K2 | 2 | 3 | 4 | At_Risk",
            "K3 | 3 | 4 | 3 | Loyal",
            "K4 | 4 | 1 | 2 | New",
            "K5 | 5 | 5 | 5 | Champions");
  }

  @Test
  void anOrderFromTheFutureDoesNotMoveTheReferenceDay() throws Exception {
    database.execute("UPDATE fact_sales SET time_key = 20320101 WHERE order_id = 'L9'");

    refresh();

    assertThat(database.rows("SELECT recency_days FROM mv_customer_analytics ORDER BY customer_id"))
        .containsExactly("0", "0", "58");
  }

  @Test
  void productPerformance() throws Exception {
    refresh();

    assertThat(
            database.rows(
                "SELECT product_id, name, vietnam_category, brand, platform, units, returns,"
                    + " revenue_vnd, profit_usd, return_rate, price_changes_last_year,"
                    + " current_stock, rank_in_category"
                    + " FROM mv_product_performance ORDER BY product_id"))
        .containsExactly(
            "P1 | New name | Laptop | Acme | Shopee | 3 | 1 | 480000 | 4.0000 | 0.2500 | 1 | 5 | 2",
            "P2 | Phone | Phones | Acme | Tiki | 1 | 0 | 240000 | 2.0000 | 0.0000 | 0 | 7 | 1",
            "P3 | Laptop | Laptop | null | Unknown | 6 | 0 | 1320000 | 11.0000 | 0.0000 | 0 | null | 1",
            "P4 | Unsold | Phones | Acme | Tiki | 0 | 0 | 0 | 0 | null | 0 | 9 | 2");
  }

  @Test
  void marketingPerformance() throws Exception {
    refresh();

    assertThat(
            database.rows(
                "SELECT month, platform, day_kind, orders, days, revenue_vnd, avg_order_value_vnd,"
                    + " revenue_per_day_vnd, uplift"
                    + " FROM mv_marketing_performance ORDER BY month, platform, day_kind"))
        .containsExactlyInAnyOrder(
            "2025-01-01 | Shopee | Tet | 1 | 11 | 960000 | 960000 | 87273 | 2.6364",
            "2025-01-01 | Shopee | ordinary | 1 | 20 | 240000 | 240000 | 12000 | 0",
            "2025-01-01 | Shopee | promotion | 1 | 20 | 240000 | 240000 | 12000 | 0.0000",
            "2025-03-01 | Shopee | ordinary | 1 | 31 | 480000 | 480000 | 15484 | 0",
            "2025-03-01 | Shopee | promotion | 1 | 31 | 120000 | 120000 | 3871 | -0.7500",
            "2025-03-01 | Unknown | ordinary | 1 | 31 | 0 | null | 0 | 0",
            "null | Tiki | ordinary | 1 | 0 | 720000 | 720000 | null | null");
  }

  @Test
  void theCubeTellsAllFromUnknown() throws Exception {
    refresh();

    String columns = "SELECT orders, lines, units, revenue_usd, revenue_vnd, profit_usd";
    assertThat(database.rows(columns + " FROM mv_sales_cube WHERE grouping_id = 15"))
        .containsExactly("7 | 9 | 13 | 115.0000 | 2760000 | 23.0000");
    assertThat(
            database.rows(columns + " FROM mv_sales_cube WHERE grouping_id = 7 AND month IS NULL"))
        .as("an unknown month")
        .containsExactly("1 | 1 | 3 | 30.0000 | 720000 | 6.0000");
    assertThat(
            database.rows(
                "SELECT vietnam_category, orders, revenue_vnd FROM mv_sales_cube"
                    + " WHERE is_all_months AND is_all_platforms AND is_all_regions"
                    + " AND NOT is_all_categories ORDER BY vietnam_category"))
        .as("order N1 is in two categories")
        .containsExactly("Laptop | 6 | 1800000", "Phones | 1 | 240000", "Unknown | 1 | 720000");
    assertThat(
            database.value(
                "SELECT count(*) - count(DISTINCT (grouping_id, month, platform, region,"
                    + " vietnam_category)) FROM mv_sales_cube"))
        .isEqualTo("0");
  }

  @Test
  void everyMartHoldsTheSameRevenue() throws Exception {
    refresh();

    for (String mart : List.of("mv_monthly_sales", "mv_marketing_performance")) {
      assertThat(database.value("SELECT sum(revenue_vnd) FROM " + mart)).isEqualTo("2760000");
    }
    assertThat(database.value("SELECT sum(revenue_vnd) FROM mv_sales_cube WHERE grouping_id = 0"))
        .isEqualTo("2760000");
  }

  @Test
  void refreshingConcurrentlyFollowsTheFactsWhileOthersRead() throws Exception {
    refresh();
    database.execute("UPDATE fact_sales SET is_deleted = true WHERE order_id = 'L5'");
    database.execute("UPDATE fact_sales SET is_deleted = false WHERE order_id = 'L6'");

    try (Connection reader = database.connect();
        Statement statement = reader.createStatement();
        Connection writer = database.connect();
        Statement settings = writer.createStatement()) {
      reader.setAutoCommit(false);
      for (String mart : Marts.NAMES) {
        statement.execute("SELECT * FROM " + mart);
      }
      settings.execute("SET lock_timeout = '5s'");
      Marts.refresh(writer, mart -> {});
    }

    assertThat(database.rows("SELECT orders, lines FROM mv_sales_cube WHERE grouping_id = 15"))
        .containsExactly("7 | 9");
    assertThat(database.value("SELECT sum(revenue_vnd) FROM mv_monthly_sales"))
        .isEqualTo("26040000");
    assertThat(database.value("SELECT count(*) FROM mv_monthly_sales WHERE month IS NULL"))
        .isEqualTo("0");
  }

  @Test
  void refreshesAMartThatWasNeverFilled() throws Exception {
    database.execute("REFRESH MATERIALIZED VIEW mv_monthly_sales WITH NO DATA");

    List<RefreshedMart> refreshed = refresh();

    assertThat(refreshed).extracting(RefreshedMart::mart).isEqualTo(Marts.NAMES);
    assertThat(refreshed.get(1).rows()).isEqualTo(4);
    assertThat(refreshed).allSatisfy(mart -> assertThat(mart.duration()).isPositive());
  }

  @Test
  void headlines() throws Exception {
    refresh();

    try (Connection connection = database.connect()) {
      MartHeadlines headlines = Marts.headlines(connection);

      assertThat(headlines.orders()).isEqualTo(7);
      assertThat(headlines.revenueVnd()).isEqualByComparingTo("2760000");
      assertThat(headlines.customers()).isEqualTo(3);
      assertThat(headlines.topPlatform()).isEqualTo("Shopee");
      assertThat(headlines.topPlatformRevenueVnd()).isEqualByComparingTo("2040000");
      assertThat(headlines.bestProductId()).isEqualTo("P3");
      assertThat(headlines.bestProductName()).isEqualTo("Laptop");
      assertThat(headlines.bestProductRevenueVnd()).isEqualByComparingTo("1320000");
      assertThat(headlines.tetUplift()).isEqualByComparingTo("2.6364");
      assertThat(headlines.festivalUplift()).isNull();
    }
  }

  @Test
  void headlinesOfAnEmptyWarehouse() throws Exception {
    database.execute("TRUNCATE fact_sales, dim_product");
    refresh();

    try (Connection connection = database.connect()) {
      MartHeadlines headlines = Marts.headlines(connection);

      assertThat(headlines.orders()).isZero();
      assertThat(headlines.topPlatform()).isNull();
      assertThat(headlines.bestProductId()).isNull();
    }
  }

  private List<RefreshedMart> refresh() throws SQLException {
    List<RefreshedMart> told = new ArrayList<>();
    try (Connection connection = database.connect()) {
      assertThat(Marts.refresh(connection, told::add)).isEqualTo(told);
    }
    return told;
  }
}
