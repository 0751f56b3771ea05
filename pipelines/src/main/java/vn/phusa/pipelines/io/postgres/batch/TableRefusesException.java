package vn.phusa.pipelines.io.postgres.batch;

import java.sql.SQLException;

/**
 * A table refuses whatever is written into it: the fault is the table's, and rejecting the rows
 * would lose them.
 */
public final class TableRefusesException extends SQLException {
  private static final long serialVersionUID = 1L;

  /**
   * @param sentence why, as the end of a sentence about the database; holds no row
   */
  TableRefusesException(String sentence, SQLException cause) {
    super(sentence, cause.getSQLState(), cause);
  }
}
