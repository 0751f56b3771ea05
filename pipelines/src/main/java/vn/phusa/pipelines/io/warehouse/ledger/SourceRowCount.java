package vn.phusa.pipelines.io.warehouse.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.postgres.Postgres;
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
      new CountedParts(step).putRead(connection, "range-" + part, rows);
      connection.commit();
    }
  }
}
