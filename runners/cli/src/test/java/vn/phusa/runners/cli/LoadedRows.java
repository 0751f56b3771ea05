package vn.phusa.runners.cli;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a warehouse holds, comparable with another: every column but the times of writing, with
 * surrogate keys as (natural key, effective date).
 */
public final class LoadedRows {
  private LoadedRows() {}

  public static List<String> ofDimensions(ShopAndWarehouse database) throws SQLException {
    List<String> rows = new ArrayList<>();
    rows.addAll(
        all(
            database,
            "SELECT 'customer ' || (to_jsonb(d) - '{customer_key,change_observed_at}'::text[])::text FROM dim_customer d"
                + " ORDER BY customer_id COLLATE \"C\", effective_date"));
    rows.addAll(
        all(
            database,
            "SELECT 'product ' || (to_jsonb(d) - '{product_key,change_observed_at}'::text[])::text FROM dim_product d"
                + " ORDER BY product_id COLLATE \"C\", effective_date"));
    return rows;
  }

  public static List<String> ofFacts(ShopAndWarehouse database) throws SQLException {
    List<String> rows = new ArrayList<>();
    rows.addAll(
        all(
            database,
            """
            SELECT 'sale ' || (to_jsonb(f) - '{customer_key,product_key,geography_key,platform_key,
                created_at,updated_at,change_observed_at}'::text[] || jsonb_build_object(
                  'c', to_jsonb(ARRAY[c.customer_id, c.effective_date::text]),
                  'p', to_jsonb(ARRAY[p.product_id, p.effective_date::text]),
                  'g', g.city, 'pl', pl.platform))::text
            FROM fact_sales f
            LEFT JOIN dim_customer c USING (customer_key)
            LEFT JOIN dim_product p USING (product_key)
            LEFT JOIN dim_geography g USING (geography_key)
            LEFT JOIN dim_platform pl USING (platform_key)
            ORDER BY order_id COLLATE "C"
            """));
    rows.addAll(
        all(
            database,
            "SELECT 'payment ' || (to_jsonb(f) - '{created_at,updated_at,change_observed_at}'::text[])::text"
                + " FROM fact_transactions f ORDER BY transaction_id COLLATE \"C\""));
    return rows;
  }

  /** Steps of which read = loaded + rejected + skipped does not hold. */
  public static List<List<String>> unconservedSteps(ShopAndWarehouse database) throws SQLException {
    return database.warehouseRows(
        "SELECT step, rows_read, rows_loaded, rows_rejected, rows_skipped FROM etl_step"
            + " WHERE status = 'succeeded' AND (rows_read IS NULL"
            + " OR rows_read <> rows_loaded + rows_rejected + rows_skipped)");
  }

  private static List<String> all(ShopAndWarehouse database, String sql) throws SQLException {
    return database.warehouseRows(sql).stream().map(row -> row.get(0)).toList();
  }
}
