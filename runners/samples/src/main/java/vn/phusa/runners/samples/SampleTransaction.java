package vn.phusa.runners.samples;

import java.sql.Connection;
import java.sql.SQLException;

/** One piece of work, done whole or not at all. */
final class SampleTransaction {
  private SampleTransaction() {}

  /** The work; its result is the number of rows. */
  interface Work {
    long run() throws SQLException;
  }

  static long in(Connection connection, Work work) throws SQLException {
    boolean before = connection.getAutoCommit();
    connection.setAutoCommit(false);
    boolean done = false;
    try {
      long rows = work.run();
      connection.commit();
      done = true;
      return rows;
    } finally {
      if (!done) {
        connection.rollback();
      }
      connection.setAutoCommit(before);
    }
  }
}
