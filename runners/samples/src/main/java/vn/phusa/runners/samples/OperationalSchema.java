package vn.phusa.runners.samples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of the operational database, made where they are absent. */
public final class OperationalSchema {
  private OperationalSchema() {}

  /** Creates the tables that are absent. */
  public static void createTables(Connection connection) throws SQLException {
    run(connection, "CREATE TABLE");
  }

  /** Apart from the tables: an index that is made after the rows costs a fraction. */
  public static void createIndexes(Connection connection) throws SQLException {
    run(connection, "CREATE INDEX");
  }

  private static void run(Connection connection, String kind) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements()) {
        if (sql.startsWith(kind)) {
          statement.execute(sql);
        }
      }
    }
  }

  private static List<String> statements() {
    try (InputStream file = OperationalSchema.class.getResourceAsStream("oltp.sql")) {
      String all = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      String code = all.replaceAll("(?m)--.*$", "");
      return List.of(code.split(";")).stream()
          .map(String::strip)
          .filter(s -> !s.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The schema cannot be read", e);
    }
  }
}
