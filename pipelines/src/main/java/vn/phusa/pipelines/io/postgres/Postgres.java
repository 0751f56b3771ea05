package vn.phusa.pipelines.io.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Properties;
import javax.sql.DataSource;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.postgresql.Driver;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.SchemaName;
import vn.phusa.pipelines.io.waiting.AnswerTimeout;
import vn.phusa.pipelines.io.waiting.WatchedSocket;

/** Opens connections: with ISO dates in a fixed zone: texts mean the same on every machine. */
public final class Postgres {
  /** What our sessions are called in pg_stat_activity. */
  public static final String APPLICATION_NAME = "phusa";

  private static final Driver DRIVER = driver();

  /** Of the server, to each question of a login. */
  private static final Duration MAX_ANSWER_AT_LOGIN = Duration.ofSeconds(30);

  /** To whoever asks beside a connection that waits. */
  private static final Duration MAX_ANSWER_BESIDE = Duration.ofSeconds(8);

  private static final OpenSessions OPEN = new OpenSessions();

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
   * machine that connects. Names without a schema mean the warehouse's own one, which the address
   * names, whatever the role's search_path says: a table of the same name elsewhere (somebody's
   * copy) is never taken for it. So SQL on the warehouse spells no schema.
   *
   * @throws SQLException if the database cannot be reached or refuses
   */
  public static Connection open(DatabaseAddress address) throws SQLException {
    return open(address, "'UTC'", address.schema());
  }

  /**
   * As {@link #open}, for transactions that are tried again: where this process says nothing in the
   * midst of one, the server ends it, since others wait for its locks.
   */
  public static Connection openForBatches(DatabaseAddress address) throws SQLException {
    Connection connection = open(address);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET idle_in_transaction_session_timeout TO '60s'");
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** As {@link #open}, to ask about another connection: it is not waited for long. */
  static Connection openBeside(DatabaseAddress address) throws SQLException {
    return connect(address, MAX_ANSWER_BESIDE).connection();
  }

  /**
   * As {@link #open}, but for a source of records: in the zone of its naive times, so that a column
   * of them is compared with instants as what it means. The role's own search_path holds: an
   * administrator may give it views of the shape that is read.
   */
  public static Connection openSource(DatabaseAddress address, ZoneId naiveTimes)
      throws SQLException {
    // PostgreSQL reads a bare offset with the sign of POSIX, and an interval as all others do.
    String zone =
        naiveTimes instanceof ZoneOffset
            ? "INTERVAL '"
                + (naiveTimes.equals(ZoneOffset.UTC) ? "00:00" : naiveTimes)
                + "' HOUR TO MINUTE"
            : "'" + naiveTimes.getId() + "'";
    return open(address, zone, null);
  }

  private static Connection open(
      DatabaseAddress address, String timeZone, @Nullable SchemaName schema) throws SQLException {
    Connected connected = connect(address, MAX_ANSWER_AT_LOGIN);
    Connection connection = connected.connection();
    try {
      SessionSettings.set(connection, timeZone, schema);
      WatchedSocket socket = connected.socket();
      if (socket != null) {
        ServerSession session = ServerSession.of(address, connection);
        socket.allow(AnswerTimeout.limit(), session::ask, session::end);
      }
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * A connection, and its socket.
   *
   * @param socket null where the URL names a factory of its own
   */
  private record Connected(Connection connection, @Nullable WatchedSocket socket) {}

  private static Connected connect(DatabaseAddress address, Duration silence) throws SQLException {
    Properties properties = new Properties();
    if (address.user() != null) {
      properties.setProperty("user", address.user());
    }
    if (address.password() != null) {
      properties.setProperty("password", address.password().resolve());
    }
    properties.setProperty("ApplicationName", APPLICATION_NAME);
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("loginTimeout", Long.toString(silence.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("socketFactory", KeepAliveSockets.class.getName());
    // Sources are read as text, whatever the column's type, and compared by the server's own.
    properties.setProperty("binaryTransfer", "false");
    properties.setProperty("stringtype", "unspecified");
    // Else an exception's message quotes the row, and with it a runner's log.
    properties.setProperty("logServerErrorDetail", "false");
    PostgresTls.apply(address, properties);
    try (KeepAliveSockets.Opening opening =
        KeepAliveSockets.opening("the " + address.service(), silence)) {
      Connection connection = DRIVER.connect(address.url(), properties);
      OPEN.add(connection);
      return new Connected(connection, opening.socket());
    }
  }

  /**
   * Cancels the statements that connections of this process wait for, since a thread that waits for
   * a database hears no interruption. The connections stay open; ones that are opened later are
   * left alone.
   */
  public static void cancelStatements() {
    OPEN.cancelStatements();
  }

  /** Such connections as a data source, one for each that is asked for. */
  public static DataSource dataSource(DatabaseAddress address) {
    return new AddressDataSource(address);
  }
}
