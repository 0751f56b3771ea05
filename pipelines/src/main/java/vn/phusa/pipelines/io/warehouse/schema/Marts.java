package vn.phusa.pipelines.io.warehouse.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Refreshes the marts that {@link MartDefinitions} creates, and reads the headlines from them. */
public final class Marts {

  /** The materialized views, in the order in which they are refreshed: some read the first. */
  public static final List<String> NAMES =
      List.of(
          "mv_sales_detail",
          "mv_monthly_sales",
          "mv_customer_analytics",
          "mv_product_performance",
          "mv_marketing_performance",
          "mv_sales_cube");

  private static final String HEADLINES =
      """
      SELECT t.orders, t.revenue_vnd,
        (SELECT count(*) FROM mv_customer_analytics WHERE orders > 0) AS customers,
        p.platform, p.revenue_vnd AS platform_revenue,
        b.product_id, b.name, b.revenue_vnd AS product_revenue,
        (SELECT round(sum(revenue_vnd) / nullif(sum(revenue_vnd / (1 + uplift)), 0) - 1, 4)
          FROM mv_marketing_performance WHERE day_kind = 'Tet' AND uplift > -1) AS tet_uplift,
        (SELECT round(sum(revenue_vnd) / nullif(sum(revenue_vnd / (1 + uplift)), 0) - 1, 4)
          FROM mv_marketing_performance WHERE day_kind = 'festival' AND uplift > -1)
          AS festival_uplift
      FROM mv_sales_cube t
      LEFT JOIN LATERAL (
        SELECT platform, revenue_vnd FROM mv_sales_cube
        WHERE is_all_months AND NOT is_all_platforms AND is_all_regions AND is_all_categories
        ORDER BY revenue_vnd DESC, platform LIMIT 1) p ON true
      LEFT JOIN LATERAL (
        SELECT product_id, name, revenue_vnd FROM mv_product_performance
        WHERE revenue_vnd > 0 ORDER BY revenue_vnd DESC, product_id LIMIT 1) b ON true
      WHERE t.is_all_months AND t.is_all_platforms AND t.is_all_regions AND t.is_all_categories
      """;

  /** As phusa_refresh_mart has them: the groups are many fewer than the planner thinks. */
  private static final String SETTINGS =
      "SET work_mem = '64MB'; SET hash_mem_multiplier = 8; SET jit = off";

  private static final String SETTINGS_BACK =
      "RESET work_mem; RESET hash_mem_multiplier; RESET jit";

  private Marts() {}

  /**
   * Refreshes every mart as its owner, by the right MAINTAIN, or by the function that the owner
   * left for others, without keeping its readers waiting: but for the first time, when there is
   * nothing to read yet, concurrently. On a connection with autocommit each is committed by itself,
   * otherwise the caller commits.
   *
   * @param progress called with each mart when it is done
   * @return the marts in the order of {@link #NAMES}
   * @throws SQLException when one cannot be refreshed; those after it are left as they were
   */
  public static List<RefreshedMart> refresh(Connection connection, Consumer<RefreshedMart> progress)
      throws SQLException {
    List<RefreshedMart> done = new ArrayList<>();
    for (String mart : NAMES) {
      RefreshedMart refreshed = refresh(connection, mart);
      done.add(refreshed);
      progress.accept(refreshed);
    }
    return List.copyOf(done);
  }

  /**
   * The headlines as of the last refresh.
   *
   * @throws SQLException when the marts are not there or were never refreshed
   */
  public static MartHeadlines headlines(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(HEADLINES);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("mv_sales_cube has no total: refresh the marts first");
      }
      return new MartHeadlines(
          row.getLong("orders"),
          row.getBigDecimal("revenue_vnd"),
          row.getLong("customers"),
          row.getString("platform"),
          row.getBigDecimal("platform_revenue"),
          row.getString("product_id"),
          row.getString("name"),
          row.getBigDecimal("product_revenue"),
          row.getBigDecimal("tet_uplift"),
          row.getBigDecimal("festival_uplift"));
    }
  }

  private static RefreshedMart refresh(Connection connection, String mart) throws SQLException {
    long start = System.nanoTime();
    refresh(connection, mart, hasRows(connection, mart));
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    return new RefreshedMart(mart, count(connection, mart), duration);
  }

  private static void refresh(Connection connection, String mart, boolean concurrently)
      throws SQLException {
    if (mayRefresh(connection, mart)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(SETTINGS);
        statement.execute(
            String.format(
                Locale.ROOT,
                "REFRESH MATERIALIZED VIEW %s %s",
                concurrently ? "CONCURRENTLY" : "",
                mart));
        statement.execute(SETTINGS_BACK);
      }
      return;
    }
    try (PreparedStatement call = connection.prepareStatement("SELECT phusa_refresh_mart(?, ?)")) {
      call.setString(1, mart);
      call.setBoolean(2, concurrently);
      call.execute();
    }
  }

  private static boolean mayRefresh(Connection connection, String mart) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            String.format(
                Locale.ROOT,
                "SELECT %s FROM pg_class c WHERE c.oid = to_regclass(?)",
                MartRight.OF_ITS_OWN))) {
      select.setString(1, mart);
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static boolean hasRows(Connection connection, String mart) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT relispopulated FROM pg_class WHERE oid = to_regclass(?)")) {
      select.setString(1, mart);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next() || !row.getBoolean(1)) {
          return false;
        }
      }
    }
    return query(connection, "SELECT count(*) FROM (SELECT FROM " + mart + " LIMIT 1) any_row") > 0;
  }

  private static long count(Connection connection, String mart) throws SQLException {
    return query(connection, "SELECT count(*) FROM " + mart);
  }

  private static long query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
