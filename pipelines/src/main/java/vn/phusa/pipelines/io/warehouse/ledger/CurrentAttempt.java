package vn.phusa.pipelines.io.warehouse.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import vn.phusa.pipelines.io.step.StepId;

/**
 * Keeps the attempt of a step from ending until a transaction that counts for it has ended. Without
 * that, a worker of a failed attempt that still tries its batch again would be counted in the next
 * attempt, which reads the same rows.
 */
final class CurrentAttempt {
  private CurrentAttempt() {}

  /**
   * To be called in the transaction that counts.
   *
   * @throws AttemptOverException if another attempt has begun
   */
  static void hold(Connection connection, StepId step) throws SQLException {
    if (step.attempt() == 0) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            // Attempts begin with FOR UPDATE, which waits for this; counts and ends do not.
            "SELECT 1 FROM etl_step WHERE run_id = ? AND step = ? AND attempt = ?"
                + " FOR KEY SHARE")) {
      statement.setObject(1, step.runId().value());
      statement.setString(2, step.step());
      statement.setInt(3, step.attempt());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new AttemptOverException(step);
        }
      }
    }
  }
}
