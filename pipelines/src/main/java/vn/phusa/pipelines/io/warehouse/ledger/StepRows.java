package vn.phusa.pipelines.io.warehouse.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.transforms.errors.PrintableText;

/** Writes the rows of a run in etl_step, within transactions that somebody else begins and ends. */
final class StepRows {

  /** Takes the count rows away and adds them to the step in one statement: none counts twice. */
  static final String FOLD =
      """
      WITH counted AS (
        DELETE FROM etl_count WHERE run_id = ? AND step = ? RETURNING *),
      total AS (
        SELECT coalesce(sum(rows_read), 0) AS rows_read,
          coalesce(sum(rows_loaded), 0) AS rows_loaded,
          coalesce(sum(rows_skipped), 0) AS rows_skipped,
          coalesce(sum(versions_opened), 0) AS versions_opened,
          coalesce(sum(versions_closed), 0) AS versions_closed
        FROM counted)
      UPDATE etl_step s SET
        rows_read = coalesce(s.rows_read, 0) + t.rows_read,
        rows_loaded = coalesce(s.rows_loaded, 0) + t.rows_loaded,
        rows_skipped = coalesce(s.rows_skipped, 0) + t.rows_skipped,
        versions_opened = coalesce(s.versions_opened, 0) + t.versions_opened,
        versions_closed = coalesce(s.versions_closed, 0) + t.versions_closed,
        rows_rejected = (
          SELECT count(*) FROM dead_letter d WHERE d.run_id = s.run_id AND d.step = s.step)
      FROM total t
      WHERE s.run_id = ? AND s.step = ?
      RETURNING s.*
      """;

  private final Connection connection;
  private final RunId run;

  StepRows(Connection connection, RunId run) {
    this.connection = connection;
    this.run = run;
  }

  /** As {@link RunLedger#beginStep}. */
  int begin(String step) throws SQLException {
    try (PreparedStatement wait =
        connection.prepareStatement(
            "SELECT 1 FROM etl_step WHERE run_id = ? AND step = ? FOR UPDATE")) {
      bindStep(wait, 1, step);
      wait.execute();
    }
    try (PreparedStatement begin =
        connection.prepareStatement(
            "WITH forgotten AS (DELETE FROM etl_count WHERE run_id = ? AND step = ?),"
                // Those that are met again are counted again.
                + " unclaimed AS (UPDATE dead_letter SET run_id = NULL, step = NULL"
                + " WHERE run_id = ? AND step = ?)"
                + " INSERT INTO etl_step (run_id, step, started)"
                + " VALUES (?, ?, clock_timestamp()) ON CONFLICT (run_id, step) DO UPDATE SET"
                + " started = excluded.started, ended = NULL, status = 'running', error = NULL,"
                + " rows_read = NULL, rows_loaded = NULL, rows_rejected = NULL,"
                + " rows_skipped = NULL, versions_opened = NULL, versions_closed = NULL,"
                + " attempt = etl_step.attempt + 1"
                + " RETURNING attempt")) {
      bindStep(begin, 1, step);
      bindStep(begin, 3, step);
      bindStep(begin, 5, step);
      try (ResultSet row = begin.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /**
   * Sums what was counted so far.
   *
   * @throws IllegalStateException if the step was not begun
   */
  RowCounts fold(String step) throws SQLException {
    try (PreparedStatement fold = connection.prepareStatement(FOLD)) {
      bindStep(fold, 1, step);
      bindStep(fold, 3, step);
      try (ResultSet row = fold.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("step " + step + " of run " + run + " was not begun");
        }
        return RunHistory.counts(row);
      }
    }
  }

  /**
   * Sums what was counted and ends the step.
   *
   * @param error null where there is nothing to report
   * @throws IllegalStateException if the step was not begun
   */
  RowCounts end(String step, RunStatus status, @Nullable String error) throws SQLException {
    RowCounts counts = fold(step);
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE etl_step SET ended = clock_timestamp(), status = ?, error = ?"
                + " WHERE run_id = ? AND step = ?")) {
      update.setString(1, status.column());
      update.setString(2, printable(error));
      bindStep(update, 3, step);
      update.executeUpdate();
    }
    return counts;
  }

  /** Ends those that are still running. */
  void abortRunning(String error) throws SQLException {
    for (StepSummary step : new RunHistory(connection).steps(run)) {
      if (step.status() == RunStatus.RUNNING) {
        end(step.step(), RunStatus.ABORTED, error);
      }
    }
  }

  /** Why something failed may quote a file's name or a service's answer. */
  static @Nullable String printable(@Nullable String error) {
    return error == null ? null : PrintableText.line(error);
  }

  private void bindStep(PreparedStatement statement, int first, String step) throws SQLException {
    statement.setObject(first, run.value());
    statement.setString(first + 1, step);
  }
}
