package vn.phusa.pipelines.io.warehouse.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Creates the marts, and the view that they read, where they are missing: after a migration that
 * dropped them for a newer definition, or because somebody dropped one. {@link Marts} refreshes
 * them.
 */
final class MartDefinitions {

  private MartDefinitions() {}

  /**
   * Creates what is missing, each with its index, its comments and its rows.
   *
   * @param connection of whoever may create tables
   * @return the names of what was created, in that order
   */
  static List<String> createMissing(Connection connection) throws SQLException {
    List<String> created = new ArrayList<>();
    List<String> wanted = new ArrayList<>(List.of("sales_line"));
    wanted.addAll(Marts.NAMES);
    for (String name : wanted) {
      if (!exists(connection, name)) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(script(name));
        }
        created.add(name);
      }
    }
    return created;
  }

  private static boolean exists(Connection connection, String name) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static String script(String name) {
    try (InputStream in = MartDefinitions.class.getResourceAsStream("marts/" + name + ".sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
