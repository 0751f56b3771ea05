package vn.phusa.pipelines.io.warehouse.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * What a command may have to do in the warehouse, and whether its user has the right to. To be
 * asked before a command begins: a right that is missing would otherwise be met after hours of
 * loading, and the server's answer would name the table but not the right.
 */
public enum WarehouseRights {
  /** Reading runs, steps, watermarks and dead letters. */
  STATUS(
      """
      SELECT 'SELECT on table ' || t
      FROM unnest(ARRAY['etl_run', 'etl_step', 'etl_count', 'etl_watermark']) t
      WHERE NOT has_table_privilege(t, 'SELECT')
      UNION ALL
      SELECT 'SELECT on column dead_letter.' || c
      FROM unnest(ARRAY['run_id', 'step', 'stage', 'reason', 'status']) c
      WHERE NOT has_column_privilege('dead_letter', c, 'SELECT')
      """),
  /** Keeping a run's record: its steps, counts and dead letters. */
  LEDGER(
      """
      SELECT p || ' on table ' || t
      FROM unnest(ARRAY['etl_run', 'etl_step', 'etl_count', 'etl_watermark', 'quality_result',
          'dead_letter']) t,
        unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p
      WHERE NOT has_table_privilege(t, p)
      """),
  /** Writing customers, products and facts. */
  ROWS(
      """
      SELECT p || ' on table ' || t
      FROM unnest(ARRAY['dim_customer', 'dim_product', 'fact_sales', 'fact_transactions',
          'fact_sales_realtime', 'fact_inventory', 'scd_change', 'rekey']) t,
        unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p
      WHERE NOT has_table_privilege(t, p)
      UNION ALL
      SELECT 'SELECT on table ' || t
      FROM unnest(ARRAY['dim_geography', 'dim_platform', 'sales_window']) t
      WHERE NOT has_table_privilege(t, 'SELECT')
      UNION ALL
      SELECT p || ' on table etl_rules'
      FROM unnest(ARRAY['SELECT', 'INSERT']) p
      WHERE NOT has_table_privilege('etl_rules', p)
      UNION ALL
      SELECT 'TEMPORARY on database ' || current_database()
      WHERE NOT has_database_privilege(current_database(), 'TEMPORARY')
      """),
  /** Refreshing the marts, and reading how many rows they have. */
  MARTS(
      String.format(
          Locale.ROOT,
          """
      SELECT CASE
          WHEN NOT has_table_privilege(c.oid, 'SELECT') THEN 'SELECT'
          WHEN current_setting('server_version_num')::int >= 170000 THEN 'MAINTAIN'
          ELSE 'the right to refresh (EXECUTE on function phusa_refresh_mart)' END
        || ' on materialized view ' || c.relname
      FROM pg_class c
      WHERE pg_table_is_visible(c.oid) AND c.relkind = 'm' AND c.relname LIKE 'mv\\_%%'
        AND NOT (has_table_privilege(c.oid, 'SELECT') AND (%s OR %s))
      ORDER BY c.relname
      """,
          MartRight.OF_ITS_OWN,
          MartRight.BY_FUNCTION));

  private final String missing;

  WarehouseRights(String missing) {
    this.missing = missing;
  }

  /**
   * Returns if the connection's user has these rights.
   *
   * @throws MissingRightException if one is missing
   * @throws SQLException if the schema is not migrated, or the warehouse does not answer
   */
  public static void require(Connection warehouse, Collection<WarehouseRights> rights)
      throws SQLException {
    for (WarehouseRights some : EnumSet.copyOf(rights)) {
      List<String> missing = some.missing(warehouse);
      if (!missing.isEmpty()) {
        throw new MissingRightException(
            String.format(
                Locale.ROOT,
                "user %s lacks %s%s; ./phusa migrate --roles prints what to grant",
                warehouse.getMetaData().getUserName(),
                missing.get(0),
                missing.size() > 1 ? " and " + (missing.size() - 1) + " other rights" : ""));
      }
    }
  }

  private List<String> missing(Connection warehouse) throws SQLException {
    List<String> all = new ArrayList<>();
    try (PreparedStatement select = warehouse.prepareStatement(missing);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        all.add(row.getString(1));
      }
    }
    return all;
  }
}
