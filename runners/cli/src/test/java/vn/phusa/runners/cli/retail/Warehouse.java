package vn.phusa.runners.cli.retail;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import vn.phusa.runners.embedded.EmbeddedPostgres;

/** What a test asks the warehouse. */
record Warehouse(EmbeddedPostgres postgres, String database) {
  private static final List<String> TABLES_AND_KEYS =
      List.of(
          "fact_sales order_id",
          "fact_transactions transaction_id",
          "dim_customer customer_key",
          "dim_product product_key",
          "dim_time time_key",
          "dim_geography geography_key",
          "dim_platform platform_key");

  long count(String sql) throws SQLException {
    return Long.parseLong(pairs("SELECT 'count', (" + sql + ")::text").get("count"));
  }

  /** The rows of a query with two columns. */
  SortedMap<String, String> pairs(String sql) throws SQLException {
    SortedMap<String, String> pairs = new TreeMap<>();
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        pairs.put(row.getString(1), row.getString(2));
      }
    }
    return pairs;
  }

  /** Every row of the facts and dimensions: all its columns, and which transaction wrote it. */
  SortedMap<String, String> everyRow() throws SQLException {
    SortedMap<String, String> rows = new TreeMap<>();
    for (String tableAndKey : TABLES_AND_KEYS) {
      String table = tableAndKey.split(" ")[0];
      rows.putAll(
          pairs(
              "SELECT '%s ' || %s, xmin || ' ' || md5(t::text) || ' ' || ctid FROM %s t"
                  .formatted(table, tableAndKey.split(" ")[1], table)));
    }
    return rows;
  }

  /**
   * A dimension's rows, each its columns that are not null; surrogate keys, marks, and what the
   * source said of what stands otherwise apart.
   */
  Set<Map<String, String>> versions(String dimension) throws SQLException {
    Set<Map<String, String>> versions = new HashSet<>();
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT * FROM dim_%1$s WHERE %1$s_key <> -1".formatted(dimension))) {
      ResultSetMetaData columns = row.getMetaData();
      while (row.next()) {
        Map<String, String> version = new TreeMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          String column = columns.getColumnName(i);
          String value = value(row, i, columns.getColumnTypeName(i));
          if (value != null
              && !column.equals(dimension + "_key")
              && !column.equals("said")
              && !column.startsWith("change_")) {
            version.put(column, value);
          }
        }
        versions.add(version);
      }
    }
    return versions;
  }

  private static String value(ResultSet row, int column, String type) throws SQLException {
    if (type.equals("timestamptz")) {
      OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
      return time == null ? null : time.toInstant().toString();
    }
    if (type.equals("bool")) {
      boolean value = row.getBoolean(column);
      return row.wasNull() ? null : Boolean.toString(value);
    }
    return row.getString(column);
  }

  /** Order lines with the versions that they name, written so that surrogate keys do not show. */
  SortedMap<String, String> salesByVersion() throws SQLException {
    return pairs(
        """
        SELECT order_id,
               concat_ws(' ', c.effective_date, p.effective_date, md5((to_jsonb(f) - 'created_at'
                 - 'updated_at' - 'change_observed_at' - 'customer_key' - 'product_key')::text))
          FROM fact_sales f
          LEFT JOIN dim_customer c USING (customer_key)
          LEFT JOIN dim_product p USING (product_key)
        """);
  }

  /** How many order lines name another version than the one that held at their time. */
  long wrongKeys(String dimension) throws SQLException {
    return count(
        """
        SELECT count(*) FROM fact_sales f WHERE %1$s_key IS DISTINCT FROM
          CASE WHEN f.%1$s_id IS NULL THEN -1 ELSE (
            SELECT d.%1$s_key FROM dim_%1$s d WHERE d.%1$s_id = f.%1$s_id
             ORDER BY d.effective_date <= f.order_timestamp DESC,
                      abs(extract(epoch FROM f.order_timestamp - d.effective_date)) LIMIT 1) END
        """
            .formatted(dimension));
  }

  /** Steps that lost or made up a row, or rejected one. */
  List<String> unlawfulSteps() throws SQLException {
    return new ArrayList<>(
        pairs(
                """
                SELECT run_id || ' ' || step, s::text FROM etl_step s
                 WHERE status <> 'succeeded' OR rows_rejected <> 0
                    OR rows_read IS DISTINCT FROM rows_loaded + rows_rejected + rows_skipped
                """)
            .values());
  }
}
