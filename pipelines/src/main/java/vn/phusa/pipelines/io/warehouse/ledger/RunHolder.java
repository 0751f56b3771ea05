package vn.phusa.pipelines.io.warehouse.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.step.RunId;

/**
 * Who holds a {@link RunLock}, as the warehouse reports.
 *
 * @param run null where the ledger does not know the session: a run that is just beginning, or no
 *     run at all
 * @param command null with the run
 * @param started null with the run
 * @param process null with the run
 * @param session the database session that has the lock
 * @param silentFor how long ago its client last asked for anything; null where it may not be seen
 * @param isOurs whether the session is one of this program under this user
 */
public record RunHolder(
    @Nullable RunId run,
    @Nullable String command,
    @Nullable Instant started,
    @Nullable RunProcess process,
    Session session,
    @Nullable Duration silentFor,
    boolean isOurs) {

  private static final String OF_LOCK =
      String.format(
          Locale.ROOT,
          """
      SELECT a.pid AS backend, a.backend_start,
        a.usename = current_user AND a.application_name = current_setting('application_name') AS ours,
        extract(epoch FROM clock_timestamp() - a.state_change) AS silent,
        r.run_id, r.command, r.started, r.host, r.pid, r.process
      FROM pg_locks l
      JOIN pg_stat_activity a ON a.pid = l.pid
      LEFT JOIN etl_run r ON r.status = 'running'
        AND r.backend_pid = a.pid AND r.backend_start = a.backend_start
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND l.classid = ?::integer::oid AND l.objid = %s::oid
      ORDER BY r.started DESC NULLS LAST LIMIT 1
      """,
          RunLock.NUMBER_OF_NAME);

  /**
   * A database session: its process id is used again, its beginning is not.
   *
   * @param started null where it may not be seen
   */
  record Session(int backend, @Nullable OffsetDateTime started) {

    /** That of a connection. */
    static Session of(Connection connection) throws SQLException {
      try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()");
          ResultSet row = select.executeQuery()) {
        row.next();
        return new Session(row.getInt(1), row.getObject(2, OffsetDateTime.class));
      }
    }

    /** Whether the server still has it. */
    boolean isThere(Connection connection) throws SQLException {
      return ask(connection, "SELECT count(*) > 0");
    }

    /** Asks the server to end it; whether it was there. */
    boolean end(Connection connection) throws SQLException {
      return ask(connection, "SELECT coalesce(bool_and(pg_terminate_backend(pid)), false)");
    }

    private boolean ask(Connection connection, String select) throws SQLException {
      try (PreparedStatement question =
          connection.prepareStatement(
              select + " FROM pg_stat_activity WHERE pid = ? AND backend_start = ?")) {
        question.setInt(1, backend);
        question.setObject(2, started);
        try (ResultSet row = question.executeQuery()) {
          row.next();
          return row.getBoolean(1);
        }
      }
    }
  }

  /** Who holds it now; empty where it was given back meanwhile. */
  static Optional<RunHolder> of(Connection connection, int namespace, String name)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OF_LOCK)) {
      select.setInt(1, namespace);
      select.setString(2, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(read(row)) : Optional.empty();
      }
    }
  }

  private static RunHolder read(ResultSet row) throws SQLException {
    UUID run = row.getObject("run_id", UUID.class);
    double silent = row.getDouble("silent");
    Duration silentFor = row.wasNull() ? null : Duration.ofMillis(Math.round(silent * 1_000));
    return new RunHolder(
        run == null ? null : new RunId(run),
        row.getString("command"),
        run == null ? null : row.getObject("started", OffsetDateTime.class).toInstant(),
        run == null
            ? null
            : new RunProcess(
                String.valueOf(row.getString("host")),
                row.getLong("pid"),
                row.getString("process")),
        new Session(row.getInt("backend"), row.getObject("backend_start", OffsetDateTime.class)),
        silentFor,
        row.getBoolean("ours"));
  }

  /** Where it runs, for a person; empty where nobody knows. */
  public Optional<String> place() {
    return process == null
        ? Optional.empty()
        : Optional.of("host " + process.host() + ", pid " + process.pid());
  }

  /** For how long nothing was heard of it, if that is long, for a person; else empty. */
  public String silence() {
    return silentFor == null || silentFor.compareTo(LockAcquisition.SILENT) < 0
        ? ""
        : ", not heard of for " + silentFor.toSeconds() + " s";
  }
}
