package vn.phusa.pipelines.io.warehouse.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.rules.StatusGroups;

/** Gives order lines of before there were status groups the group of their status. */
final class StatusGroupBackfill {

  private static final String WORDS =
      "SELECT DISTINCT source, status FROM fact_sales"
          + " WHERE status_group IS NULL AND status IS NOT NULL";

  private static final String UPDATE =
      "UPDATE fact_sales f SET status_group = w.status_group"
          + " FROM unnest(CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[]))"
          + " AS w (source, status, status_group)"
          + " WHERE f.status_group IS NULL AND f.status = w.status"
          + " AND f.source IS NOT DISTINCT FROM w.source";

  private StatusGroupBackfill() {}

  /**
   * Fills what is missing; a line that has a group keeps it.
   *
   * @return how many lines were given one
   */
  static int fill(Connection connection, Rules rules) throws SQLException {
    StatusGroups groups = StatusGroups.of(rules);
    List<@Nullable String> sources = new ArrayList<>();
    List<String> statuses = new ArrayList<>();
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet words = statement.executeQuery(WORDS)) {
      while (words.next()) {
        String group = groups.of(words.getString("source"), words.getString("status"));
        if (group != null) {
          sources.add(words.getString("source"));
          statuses.add(words.getString("status"));
          found.add(group);
        }
      }
    }
    if (found.isEmpty()) {
      return 0;
    }
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      update.setArray(1, connection.createArrayOf("text", sources.toArray()));
      update.setArray(2, connection.createArrayOf("text", statuses.toArray()));
      update.setArray(3, connection.createArrayOf("text", found.toArray()));
      return update.executeUpdate();
    }
  }
}
