package vn.phusa.pipelines.warehouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Which database a warehouse is: the same text whatever host, port, user or name leads to it, after
 * restarts, and on a replica that takes its place. A database that was restored from a dump, or
 * upgraded by pg_upgrade, is another one. Any role may ask.
 */
public final class WarehouseIdentity {

  private static final String SERVER_AND_DATABASE =
      """
      SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || oid
      FROM pg_database WHERE datname = current_database()
      """;

  private WarehouseIdentity() {}

  /**
   * Asks the database.
   *
   * @throws SQLException if it does not answer
   */
  public static String of(Connection warehouse) throws SQLException {
    try (PreparedStatement select = warehouse.prepareStatement(SERVER_AND_DATABASE);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }
}
