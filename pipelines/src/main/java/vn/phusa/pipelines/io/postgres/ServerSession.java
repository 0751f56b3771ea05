package vn.phusa.pipelines.io.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.waiting.Finding;
import vn.phusa.pipelines.io.waiting.Finding.State;

/** What a server does for a session of ours, asked through a connection beside it. */
final class ServerSession {
  private static final Logger LOG = LoggerFactory.getLogger(ServerSession.class);

  /** Ours alone: the process id of a session that ended may be another's. */
  private static final String OURS =
      " FROM pg_stat_activity a WHERE a.pid = ? AND a.usename = current_user"
          + " AND a.application_name = current_setting('application_name')";

  private static final String DOES =
      "SELECT a.state, a.wait_event_type, a.wait_event, (SELECT string_agg(format('session %s of"
          + " %s%s', b.pid, coalesce(nullif(b.application_name, ''), 'another program'),"
          + " coalesce(' on ' || host(b.client_addr), '')), ', ') FROM pg_stat_activity b"
          + " WHERE b.pid = ANY (pg_blocking_pids(a.pid)))"
          + OURS;

  private final DatabaseAddress address;
  private final int backend;

  private ServerSession(DatabaseAddress address, int backend) {
    this.address = address;
    this.backend = backend;
  }

  /** That of a connection. */
  static ServerSession of(DatabaseAddress address, Connection connection) throws SQLException {
    return new ServerSession(address, connection.unwrap(PGConnection.class).getBackendPID());
  }

  /** What it does now. */
  Finding ask() {
    try (Connection connection = Postgres.openBeside(address);
        PreparedStatement statement = connection.prepareStatement(DOES)) {
      statement.setInt(1, backend);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? found(row) : new Finding(State.LOST, "it has no such session any more");
      }
    } catch (SQLException e) {
      // A server that refuses, for its many connections for one, is there.
      return String.valueOf(e.getSQLState()).startsWith("08")
          ? Finding.NONE
          : new Finding(State.AT_WORK, "it is there, but refuses a second connection");
    }
  }

  private static Finding found(ResultSet row) throws SQLException {
    String holders = row.getString(4);
    if (holders != null) {
      return new Finding(State.AT_WORK, "a lock is held by " + holders);
    }
    if (!"active".equals(row.getString(1))) {
      return new Finding(State.LOST, "it has done what it was asked for");
    }
    return "Client".equals(row.getString(2))
        ? new Finding(State.UNKNOWN, "it waits for the network")
        : new Finding(State.AT_WORK, "it is at work");
  }

  /** Ends it, and with it what it has locked, where the server has it yet. */
  void end() {
    try (Connection connection = Postgres.openBeside(address);
        PreparedStatement statement =
            connection.prepareStatement("SELECT pg_terminate_backend(a.pid)" + OURS)) {
      statement.setInt(1, backend);
      statement.execute();
    } catch (SQLException e) {
      LOG.debug("a session that was given up is left to the server: {}", e.getSQLState());
    }
  }
}
