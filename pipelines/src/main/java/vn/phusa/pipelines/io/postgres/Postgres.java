package vn.phusa.pipelines.io.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import javax.sql.DataSource;
import vn.phusa.options.DatabaseAddress;

/** Opens connections: with ISO dates in a fixed zone: texts mean the same on every machine. */
public final class Postgres {
  /** What our sessions are called in pg_stat_activity. */
  public static final String APPLICATION_NAME = "phusa";

  private Postgres() {}

  /**
   * A new connection with autocommit on; the caller closes it. The secret is resolved here, on the
   * machine that connects.
   *
   * @throws SQLException if the database cannot be reached or refuses
   */
  public static Connection open(DatabaseAddress address) throws SQLException {
    return open(address, "'UTC'");
  }

  /**
   * As {@link #open}, but for a source of records: at Vietnam's offset, so that a column of naive
   * times, which are Vietnamese local times, is compared with instants as what it means.
   */
  public static Connection openSource(DatabaseAddress address) throws SQLException {
    return open(address, "INTERVAL '+07:00' HOUR TO MINUTE");
  }

  private static Connection open(DatabaseAddress address, String timeZone) throws SQLException {
    Properties properties = new Properties();
    if (address.user() != null) {
      properties.setProperty("user", address.user());
    }
    if (address.password() != null) {
      properties.setProperty("password", address.password().resolve());
    }
    properties.setProperty("ApplicationName", APPLICATION_NAME);
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    // Sources are read as text, whatever the column's type, and compared by the server's own.
    properties.setProperty("binaryTransfer", "false");
    properties.setProperty("stringtype", "unspecified");
    Connection connection = DriverManager.getConnection(address.url(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TIME ZONE " + timeZone + "; SET datestyle TO 'ISO, YMD'");
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  /** Such connections as a data source, one for each that is asked for. */
  public static DataSource dataSource(DatabaseAddress address) {
    return new AddressDataSource(address);
  }
}
