package vn.phusa.pipelines.io.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import vn.phusa.options.DatabaseAddress;

/** Opens connections: with ISO dates in a fixed zone: texts mean the same on every machine. */
public final class Postgres {
  /** What our sessions are called in pg_stat_activity. */
  public static final String APPLICATION_NAME = "phusa";

  private static final Driver DRIVER = driver();

  /** No batch takes as long, not even one that waits for others' locks. */
  private static final Duration LONGEST_BATCH = Duration.ofMinutes(10);

  /** Of the server, to each question of a login. */
  private static final Duration LONGEST_ANSWER_AT_LOGIN = Duration.ofSeconds(30);

  private Postgres() {}

  /**
   * The driver itself: the DriverManager of a worker that served another job before knows only that
   * job's driver. And it would keep all classes of a job that has ended, so it is made to forget
   * ours, where these are not the classes of the whole process.
   */
  private static Driver driver() {
    Driver driver = new Driver();
    if (Postgres.class.getClassLoader() != ClassLoader.getSystemClassLoader()
        && Driver.isRegistered()) {
      try {
        Driver.deregister();
      } catch (SQLException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
    return driver;
  }

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
   * As {@link #open}, for batches that are written or looked up and tried again: one that is not
   * answered fails in the end, since a server that vanishes without a word would otherwise be
   * waited for as long as the system keeps its connection, which can be hours.
   */
  static Connection openForBatches(DatabaseAddress address) throws SQLException {
    Connection connection = open(address);
    if (connection.getNetworkTimeout() == 0) {
      connection.setNetworkTimeout(Runnable::run, (int) LONGEST_BATCH.toMillis());
    }
    return connection;
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
    properties.setProperty("loginTimeout", "30");
    properties.setProperty("socketTimeout", Long.toString(LONGEST_ANSWER_AT_LOGIN.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("socketFactory", KeepAliveSockets.class.getName());
    // Sources are read as text, whatever the column's type, and compared by the server's own.
    properties.setProperty("binaryTransfer", "false");
    properties.setProperty("stringtype", "unspecified");
    // Else an exception's message quotes the row, and with it a runner's log.
    properties.setProperty("logServerErrorDetail", "false");
    Connection connection = DRIVER.connect(address.url(), properties);
    try {
      SessionSettings.set(connection, timeZone);
      if (PGProperty.SOCKET_TIMEOUT.getOrNull(Driver.parseURL(address.url(), null)) == null) {
        // Statements may rightly be long; that the server is there is what keepalives are for.
        connection.setNetworkTimeout(Runnable::run, 0);
      }
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
