package vn.phusa.pipelines.io.warehouse.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Which database a warehouse is: the same text whatever host, port, user or name leads to it, after
 * restarts, and on a replica that takes its place. A database that was restored from a dump, or
 * upgraded by pg_upgrade, is another one. Where a role may not ask which server it is, as hosted
 * ones may have it, only databases of different numbers are told apart.
 */
public final class WarehouseIdentity {
  private static final String MAY_ASK =
      "SELECT has_function_privilege('pg_control_system()', 'execute')";
  private static final String SERVER = "SELECT system_identifier FROM pg_control_system()";
  private static final String DATABASE =
      "SELECT oid FROM pg_database WHERE datname = current_database()";

  private WarehouseIdentity() {}

  /**
   * Asks the database.
   *
   * @throws SQLException if it does not answer
   */
  public static String of(Connection warehouse) throws SQLException {
    boolean mayAsk = "t".equals(one(warehouse, MAY_ASK));
    return (mayAsk ? one(warehouse, SERVER) : "") + "/" + one(warehouse, DATABASE);
  }

  private static String one(Connection warehouse, String sql) throws SQLException {
    try (Statement select = warehouse.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
