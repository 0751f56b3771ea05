package vn.phusa.runners.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.UnresolvedSecretException;

/** Finds out before anything is started whether a database can be used. */
final class DatabaseCheck {
  private static final int SECONDS = 15;

  private DatabaseCheck() {}

  /**
   * Looks at what was given, without connecting.
   *
   * @throws InvalidOptionException if the driver cannot read the URL
   * @throws UsageException if the password's reference leads nowhere
   */
  static void given(DatabaseAddress address) {
    if (Driver.parseURL(address.url(), null) == null) {
      throw new InvalidOptionException(
          address.option(), "jdbc:postgresql://host:port/database expected");
    }
    if (address.password() != null) {
      try {
        address.password().resolve();
      } catch (UnresolvedSecretException e) {
        throw new UsageException(
            "--" + address.option().replace("Url", "Password") + ": " + e.getMessage());
      }
    }
  }

  /**
   * Connects once.
   *
   * @throws ServiceUnusableException if that fails
   */
  static void connects(DatabaseAddress address) {
    try (Connection connection = open(address)) {
      connection.isValid(SECONDS);
    } catch (SQLException e) {
      DatabaseProblem problem =
          DatabaseProblem.of(e, address.user())
              .orElse(new DatabaseProblem("refused (SQLState " + e.getSQLState() + ")", false));
      throw new ServiceUnusableException(
          "%s (--%s): %s".formatted(address.service(), address.option(), problem.line()),
          problem.mayPass(),
          e);
    }
  }

  private static Connection open(DatabaseAddress address) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("loginTimeout", Integer.toString(SECONDS));
    properties.setProperty("ApplicationName", "phusa");
    if (address.user() != null) {
      properties.setProperty("user", address.user());
    }
    if (address.password() != null) {
      properties.setProperty("password", address.password().resolve());
    }
    return DriverManager.getConnection(address.url(), properties);
  }
}
