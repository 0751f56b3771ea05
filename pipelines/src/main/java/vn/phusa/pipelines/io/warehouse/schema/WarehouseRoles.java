package vn.phusa.pipelines.io.warehouse.schema;

import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import vn.phusa.options.address.SchemaName;

/**
 * The roles that share a warehouse, as SQL: phusa_owner, phusa_loader and phusa_reader. What they
 * may do stands in one script; whether there are such roles is up to an administrator.
 */
public final class WarehouseRoles {
  private WarehouseRoles() {}

  /**
   * What an administrator runs in the warehouse's database, by psql or otherwise: creates the
   * roles, without passwords, gives them their rights, and the tables that are there to the owner.
   * Doing it again changes nothing.
   *
   * @param schema the warehouse's, which it creates where it is missing
   */
  public static String sql(SchemaName schema) {
    return script("roles.sql", schema)
        + script("rights.sql", schema)
        + script("roles_end.sql", schema);
  }

  /**
   * Gives the roles their rights on the tables as they are now. Does nothing for a schema for which
   * no administrator ran {@link #sql}.
   *
   * @param owner of a role that owns the tables, with autocommit
   * @throws SQLException if it is not
   */
  static void grant(Connection owner, SchemaName schema) throws SQLException {
    try (Statement statement = owner.createStatement()) {
      statement.execute(script("rights.sql", schema));
    }
  }

  private static String script(String name, SchemaName schema) {
    try {
      return SchemaScript.in(
          schema,
          Resources.toString(
              Resources.getResource(WarehouseRoles.class, name), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
