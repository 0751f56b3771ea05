package vn.phusa.runners.cli;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What two warehouses must agree in that have got the same changes in different ways: every column,
 * surrogate keys as (natural key, effective date); but for the times of writing and the marks.
 */
public final class ComparedRows {
  private static final String NOT_COMPARED =
      "'{created_at,updated_at,processed_timestamp,change_modified_at,change_ordered_at,change_lsn,"
          + "change_index,content_hash,row_hash,deleted_ordered_at,deleted_lsn,deleted_index,"
          + "change_observed_at,column_marks,left_windows,customer_key,product_key,geography_key,platform_key}'::text[]";

  private static final String VERSIONS =
      "SELECT '%1$s ' || (to_jsonb(d) - " + NOT_COMPARED + ")::text FROM dim_%1$s d ORDER BY 1";

  private static final String SALES =
      "SELECT 'sale ' || (to_jsonb(f) - "
          + NOT_COMPARED
          + " || jsonb_build_object('customer', c.customer_id, 'customer_from', c.effective_date,"
          + " 'product', p.product_id, 'product_from', p.effective_date, 'geography', g.city,"
          + " 'sold_on', pl.platform))::text FROM fact_sales f"
          + " LEFT JOIN dim_customer c USING (customer_key)"
          + " LEFT JOIN dim_product p USING (product_key)"
          + " LEFT JOIN dim_geography g USING (geography_key)"
          + " LEFT JOIN dim_platform pl USING (platform_key) ORDER BY 1";

  private static final String ROWS =
      "SELECT '%1$s ' || (to_jsonb(f) - " + NOT_COMPARED + ")::text FROM %1$s f ORDER BY 1";

  private ComparedRows() {}

  public static List<String> ofDimensions(ShopAndWarehouse database) throws SQLException {
    List<String> rows = new ArrayList<>(all(database, VERSIONS.formatted("customer")));
    rows.addAll(all(database, VERSIONS.formatted("product")));
    return rows;
  }

  public static List<String> ofFacts(ShopAndWarehouse database) throws SQLException {
    List<String> rows = new ArrayList<>(all(database, SALES));
    rows.addAll(all(database, ROWS.formatted("fact_transactions")));
    return rows;
  }

  public static List<String> ofRealtimeSales(ShopAndWarehouse database) throws SQLException {
    return all(database, ROWS.formatted("fact_sales_realtime"));
  }

  private static List<String> all(ShopAndWarehouse database, String sql) throws SQLException {
    return database.warehouseRows(sql).stream().map(row -> row.get(0)).toList();
  }
}
