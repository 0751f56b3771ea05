package vn.phusa.pipelines.io.warehouse.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.RunId;

/** Reads etl_run and etl_step. */
final class RunHistory {

  /**
   * Whether the session that took a run's lock has lost it. Where the ledger names none the run is
   * just beginning; a standby knows no locks of the primary's sessions; and another user's session
   * may hide when it began.
   */
  private static final String IS_LEFT =
      """
      CASE WHEN r.status <> 'running' OR r.backend_pid IS NULL OR pg_is_in_recovery() THEN false
      ELSE NOT EXISTS (
        SELECT FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND l.classid = ?::integer::oid AND l.pid = r.backend_pid
          AND coalesce(a.backend_start = r.backend_start, true))
      END AS is_left
      """;

  private final Connection connection;

  RunHistory(Connection connection) {
    this.connection = connection;
  }

  List<RunSummary> lastRuns(int n) throws SQLException {
    List<RunSummary> runs = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT r.run_id, r.command, r.started, r.ended, r.status, r.error, "
                + IS_LEFT
                + " FROM etl_run r ORDER BY r.started DESC, r.run_id LIMIT ?")) {
      select.setInt(1, RunLock.NAMESPACE);
      select.setInt(2, n);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          RunId id = new RunId(row.getObject("run_id", UUID.class));
          runs.add(
              new RunSummary(
                  id,
                  row.getString("command"),
                  started(row),
                  instant(row, "ended"),
                  RunStatus.of(row.getString("status")),
                  row.getBoolean("is_left"),
                  row.getString("error"),
                  steps(id)));
        }
      }
    }
    return List.copyOf(runs);
  }

  /** The steps of a run in the order in which they began. */
  List<StepSummary> steps(RunId run) throws SQLException {
    List<StepSummary> steps = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM etl_step WHERE run_id = ? ORDER BY started, step")) {
      select.setObject(1, run.value());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          steps.add(
              new StepSummary(
                  row.getString("step"),
                  started(row),
                  instant(row, "ended"),
                  RunStatus.of(row.getString("status")),
                  counts(row),
                  row.getString("error")));
        }
      }
    }
    return List.copyOf(steps);
  }

  /** Those of the runs that are of one of the commands. */
  Set<RunId> ofCommands(Set<RunId> runs, Collection<String> commands) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT run_id FROM etl_run WHERE run_id = ANY (?) AND command = ANY (?)")) {
      select.setArray(
          1, connection.createArrayOf("uuid", runs.stream().map(RunId::value).toArray()));
      select.setArray(2, connection.createArrayOf("text", commands.toArray()));
      Set<RunId> found = new HashSet<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(new RunId(row.getObject(1, UUID.class)));
        }
      }
      return found;
    }
  }

  /** Whether a run was given one of these options; false if there is no such run. */
  boolean wasGiven(RunId run, Set<String> options) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT jsonb_exists_any(options, ?) FROM etl_run WHERE run_id = ?")) {
      select.setArray(1, connection.createArrayOf("text", options.toArray()));
      select.setObject(2, run.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** The counts of the etl_step row that the result set stands on; null counts are zeros. */
  static RowCounts counts(ResultSet row) throws SQLException {
    return new RowCounts(
        row.getLong("rows_read"),
        row.getLong("rows_loaded"),
        row.getLong("rows_rejected"),
        row.getLong("rows_skipped"),
        row.getLong("versions_opened"),
        row.getLong("versions_closed"));
  }

  private static Instant started(ResultSet row) throws SQLException {
    return row.getObject("started", OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
