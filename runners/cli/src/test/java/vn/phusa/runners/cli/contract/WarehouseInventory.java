package vn.phusa.runners.cli.contract;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything in a warehouse that others may rely on, a line each. What views and functions are made
 * of is told by the checksums of the migrations.
 */
public final class WarehouseInventory {
  private static final String MIGRATIONS =
      "SELECT format('%s %s %s', version, script, checksum) FROM phusa_schema_history"
          + " WHERE version IS NOT NULL ORDER BY installed_rank";

  private static final String RELATIONS =
      """
      WITH relation AS (
        SELECT c.oid, c.relname,
          CASE c.relkind
            WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
            WHEN 'S' THEN 'sequence' ELSE 'relation' END AS kind
        FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind NOT IN ('i', 'I', 't')
          AND c.relname <> 'phusa_schema_history'
      ), line AS (
        SELECT relname, 1 AS part, 0 AS number,
          kind || ' ' || relname || coalesce(': ' || obj_description(oid, 'pg_class'), '') AS text
        FROM relation
        UNION ALL
        SELECT relname, 2, attnum,
          '  ' || attname || ' ' || format_type(atttypid, atttypmod)
            || CASE WHEN attnotnull THEN ' not null' ELSE '' END
            || coalesce(' default ' || pg_get_expr(adbin, adrelid), '')
            || CASE attidentity WHEN 'd' THEN ' identity by default'
                 WHEN 'a' THEN ' identity always' ELSE '' END
            || CASE WHEN attgenerated = '' THEN '' ELSE ' generated' END
            || coalesce(': ' || col_description(relation.oid, attnum), '')
        FROM relation
        JOIN pg_attribute ON attrelid = relation.oid AND attnum > 0 AND NOT attisdropped
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE kind <> 'sequence'
        UNION ALL
        SELECT relname, 3, 0, '  constraint ' || conname || ' ' || pg_get_constraintdef(c.oid)
        FROM relation JOIN pg_constraint c ON conrelid = relation.oid AND contype <> 'n'
        UNION ALL
        SELECT relname, 4, 0, '  ' || pg_get_indexdef(indexrelid)
        FROM relation JOIN pg_index ON indrelid = relation.oid
        UNION ALL
        SELECT relname, 5, 0, '  ' || pg_get_triggerdef(t.oid)
        FROM relation JOIN pg_trigger t ON tgrelid = relation.oid AND NOT tgisinternal
      )
      SELECT text FROM line
      ORDER BY relname COLLATE "C", part, number, text COLLATE "C"
      """;

  private static final String FUNCTIONS =
      """
      SELECT 'function ' || proname || '(' || pg_get_function_arguments(oid) || ') returns '
        || pg_get_function_result(oid)
        || CASE WHEN prosecdef THEN ' security definer' ELSE '' END
        || coalesce(' set ' || array_to_string(proconfig, ', '), '')
        || coalesce(': ' || obj_description(oid, 'pg_proc'), '')
      FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1
      """;

  private WarehouseInventory() {}

  /** The migrations that made it, then its tables and views, then its functions. */
  public static List<String> of(Connection warehouse) throws SQLException {
    List<String> lines = new ArrayList<>();
    for (String query : List.of(MIGRATIONS, RELATIONS, FUNCTIONS)) {
      try (Statement statement = warehouse.createStatement();
          ResultSet row = statement.executeQuery(query)) {
        while (row.next()) {
          lines.add(row.getString(1));
        }
      }
    }
    return lines;
  }
}
