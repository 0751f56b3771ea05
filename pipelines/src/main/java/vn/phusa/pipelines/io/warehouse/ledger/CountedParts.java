package vn.phusa.pipelines.io.warehouse.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.postgres.batch.BatchCount;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.StepId;

/**
 * The rows of a step in etl_count, one for each part of its work: a batch that was written, a range
 * that was read. {@link RunLedger} sums them into etl_step.
 */
public final class CountedParts implements BatchCount {
  private static final long serialVersionUID = 1L;

  private final StepId step;

  public CountedParts(StepId step) {
    this.step = step;
  }

  @Override
  public @Nullable RowCounts committed(Connection connection, String part) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT rows_read, rows_loaded, rows_skipped, versions_opened, versions_closed"
                + " FROM etl_count WHERE run_id = ? AND step = ? AND part = ?")) {
      bind(select, part);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new RowCounts(
                row.getLong(1), row.getLong(2), 0, row.getLong(3), row.getLong(4), row.getLong(5))
            : null;
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws AttemptOverException if another attempt of the step has begun
   */
  @Override
  public void add(Connection connection, String part, RowCounts written) throws SQLException {
    CurrentAttempt.hold(connection, step);
    insert(connection, part, written);
  }

  /**
   * Adds what was written into another store than the warehouse. Nothing is held: there is no
   * transaction that the other store takes part in.
   */
  public void addFromOutside(Connection connection, String part, RowCounts written)
      throws SQLException {
    insert(connection, part, written);
  }

  /** Says how many rows a part of the source has; said again, it replaces what was said. */
  void putRead(Connection connection, String part, long rows) throws SQLException {
    CurrentAttempt.hold(connection, step);
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "INSERT INTO etl_count (run_id, step, part, rows_read) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (run_id, step, part) DO UPDATE"
                + " SET rows_read = EXCLUDED.rows_read")) {
      bind(upsert, part);
      upsert.setLong(4, rows);
      upsert.executeUpdate();
    }
  }

  private void insert(Connection connection, String part, RowCounts written) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO etl_count (run_id, step, part, rows_read, rows_loaded, rows_skipped,"
                + " versions_opened, versions_closed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      bind(insert, part);
      insert.setLong(4, written.read());
      insert.setLong(5, written.loaded());
      insert.setLong(6, written.skipped());
      insert.setLong(7, written.versionsOpened());
      insert.setLong(8, written.versionsClosed());
      insert.executeUpdate();
    }
  }

  private void bind(PreparedStatement statement, String part) throws SQLException {
    statement.setObject(1, step.runId().value());
    statement.setString(2, step.step());
    statement.setString(3, part);
  }
}
