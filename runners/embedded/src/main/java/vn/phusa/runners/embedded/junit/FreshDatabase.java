package vn.phusa.runners.embedded.junit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * An empty PostgreSQL database that one test class has for itself; dropped after it.
 *
 * @param name the database's name, unique in the server
 * @param jdbcUrl its URL, without user and password
 * @param user a superuser
 * @param password the user's password
 */
public record FreshDatabase(String name, String jdbcUrl, String user, String password) {

  /** A new connection; the caller closes it. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, user, password);
  }

  /** Without the password, since tests print what they compare. */
  @Override
  public String toString() {
    return jdbcUrl;
  }
}
