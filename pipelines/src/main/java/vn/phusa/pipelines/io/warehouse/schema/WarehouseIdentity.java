package vn.phusa.pipelines.io.warehouse.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Which warehouse this is, by its database and {@link SchemaNumber}: the same text whatever host,
 * port, user or name leads to it, after restarts, and on a replica that takes its place. A database
 * that was restored from a dump, or upgraded by pg_upgrade, is another one. Where a role may not
 * ask which server it is, as hosted ones may have it, only databases of different numbers are
 * distinguished.
 */
public final class WarehouseIdentity {
  private static final String RIGHTS =
      """
      SELECT has_function_privilege('pg_control_system()', 'execute'),
        has_function_privilege('pg_control_checkpoint()', 'execute')
      """;
  private static final String SERVER = "(SELECT system_identifier::text FROM pg_control_system())";
  private static final String TIMELINE = "(SELECT timeline_id::text FROM pg_control_checkpoint())";
  private static final String DATABASE =
      "(SELECT oid::text FROM pg_database WHERE datname = current_database())";
  private static final String UNKNOWN = "''";

  private WarehouseIdentity() {}

  /**
   * Asks the database.
   *
   * @throws SQLException if it does not answer
   */
  public static String of(Connection warehouse) throws SQLException {
    return joined(warehouse, server(rights(warehouse)), DATABASE);
  }

  /**
   * Which history of the database this is. One that was restored to an earlier moment, or promoted
   * from a replica, is the same database with another history: numbers of its transactions cannot
   * be compared across the two. Where a role may not ask for the history, it is known by the
   * database alone.
   *
   * @throws SQLException if it does not answer
   */
  public static String historyOf(Connection warehouse) throws SQLException {
    Rights rights = rights(warehouse);
    String timeline = rights.timeline ? TIMELINE : UNKNOWN;
    return joined(warehouse, server(rights), timeline, DATABASE);
  }

  /** PostgreSQL checks the right to call a function even where the call is never reached. */
  private record Rights(boolean server, boolean timeline) {}

  private static Rights rights(Connection warehouse) throws SQLException {
    try (Statement select = warehouse.createStatement();
        ResultSet row = select.executeQuery(RIGHTS)) {
      row.next();
      return new Rights(row.getBoolean(1), row.getBoolean(2));
    }
  }

  private static String server(Rights rights) {
    return rights.server ? SERVER : UNKNOWN;
  }

  private static String joined(Connection warehouse, String... parts) throws SQLException {
    try (Statement select = warehouse.createStatement();
        ResultSet row =
            select.executeQuery(
                "SELECT " + String.join(" || '/' || ", parts) + " || " + SchemaNumber.SUFFIX)) {
      row.next();
      return row.getString(1);
    }
  }
}
