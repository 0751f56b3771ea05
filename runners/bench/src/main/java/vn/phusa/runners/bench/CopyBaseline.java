package vn.phusa.runners.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Plain COPY of a table's rows into the same, emptied table with the same indexes: the limit. */
final class CopyBaseline {
  private CopyBaseline() {}

  /**
   * Takes the rows out, empties the table, and puts them back by one COPY.
   *
   * @return how long putting them back took
   */
  static Duration measure(Connection connection, String table) throws SQLException, IOException {
    Path file = Files.createTempFile("phusa-bench", ".copy");
    try {
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      try (OutputStream out = Files.newOutputStream(file)) {
        copy.copyOut("COPY " + table + " TO STDOUT", out);
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute("TRUNCATE " + table);
        statement.execute("CHECKPOINT");
      }
      long begun = System.nanoTime();
      try (InputStream in = Files.newInputStream(file)) {
        copy.copyIn("COPY " + table + " FROM STDIN", in, 1 << 18);
      }
      return Duration.ofNanos(System.nanoTime() - begun);
    } finally {
      Files.delete(file);
    }
  }
}
