package vn.phusa.pipelines.io.warehouse.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.step.CurrentAttempt;
import vn.phusa.pipelines.io.step.StepId;

/** Writes down how many rows a part of a source had, for whoever reads it. */
public final class SourceRowCount {
  private SourceRowCount() {}

  /**
   * Under the part's number, so that a part that is read again is not counted twice.
   *
   * @param part the number of the part in its plan
   */
  public static void write(DatabaseAddress warehouse, StepId step, int part, long rows)
      throws SQLException {
    try (Connection connection = Postgres.open(warehouse)) {
      connection.setAutoCommit(false);
      CurrentAttempt.hold(connection, step);
      try (PreparedStatement statement =
          connection.prepareStatement(
              "INSERT INTO etl_count (run_id, step, part, rows_read) VALUES (?, ?, ?, ?)"
                  + " ON CONFLICT (run_id, step, part) DO UPDATE"
                  + " SET rows_read = EXCLUDED.rows_read")) {
        statement.setObject(1, step.runId());
        statement.setString(2, step.step());
        statement.setString(3, "range-" + part);
        statement.setLong(4, rows);
        statement.executeUpdate();
      }
      connection.commit();
    }
  }
}
