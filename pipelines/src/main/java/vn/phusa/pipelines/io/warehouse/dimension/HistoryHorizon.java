package vn.phusa.pipelines.io.warehouse.dimension;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import vn.phusa.pipelines.io.postgres.copy.MicrosText;
import vn.phusa.transforms.scd.DimensionSpec;
import vn.phusa.transforms.scd.DimensionSpec.Tracking;

/** The horizon of a dimension's history, by the warehouse's clock, and what lies behind it. */
final class HistoryHorizon {
  private HistoryHorizon() {}

  /** Where it is at the moment, in microseconds since 1970-01-01 UTC. */
  static long micros(Connection connection, Duration horizon) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT (extract(epoch FROM now()) * 1000000)::bigint");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1) - TimeUnit.MILLISECONDS.toMicros(horizon.toMillis());
    }
  }

  /**
   * The newest of each key's states and deletes that are behind the horizon: what is older comes
   * after the base was made of them.
   *
   * @return by key, when it is ordered; a key without any is not among them
   */
  static Map<String, Long> bases(
      Connection connection, DimensionSpec dimension, Collection<String> keys, Duration horizon)
      throws SQLException {
    String ofState =
        dimension.attributes().stream()
            .filter(attribute -> attribute.tracking() == Tracking.TYPE_2)
            .map(attribute -> "'" + attribute.column() + "'")
            .collect(Collectors.joining(", "));
    String sql =
        String.format(
                Locale.ROOT,
                "SELECT key, max(ordered_at) FROM (SELECT %1$s AS key,"
                    + " change_ordered_at AS ordered_at FROM %2$s WHERE %1$s = ANY (?)",
                dimension.naturalKey(),
                dimension.table())
            + " UNION ALL SELECT key, ordered_at FROM scd_change WHERE dimension = ?"
            + " AND key = ANY (?) AND (operation = 'DELETE'"
            + " OR jsonb_exists_any(attributes, ARRAY["
            + ofState
            + "]))) known WHERE ordered_at < now() - ? * interval '1 millisecond' GROUP BY key";
    Map<String, Long> bases = new HashMap<>();
    Array array = connection.createArrayOf("text", keys.toArray());
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, array);
      select.setString(2, dimension.name());
      select.setArray(3, array);
      select.setLong(4, horizon.toMillis());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          bases.put(row.getString(1), Objects.requireNonNull(MicrosText.get(row, 2)));
        }
      }
    } finally {
      array.free();
    }
    return bases;
  }

  /** By key, the times that its remembered changes say, in microseconds since 1970-01-01 UTC. */
  static Map<String, Set<Long>> moments(
      Connection connection, DimensionSpec dimension, Collection<String> keys) throws SQLException {
    Map<String, Set<Long>> moments = new HashMap<>();
    Array array = connection.createArrayOf("text", keys.toArray());
    try (PreparedStatement select =
        connection.prepareStatement(
            String.format(
                    Locale.ROOT,
                    "SELECT %1$s, change_modified_at FROM %2$s WHERE %1$s = ANY (?)"
                        + " AND change_modified_at IS NOT NULL",
                    dimension.naturalKey(),
                    dimension.table())
                + " UNION SELECT key, modified_at FROM scd_change WHERE dimension = ?"
                + " AND key = ANY (?)")) {
      select.setArray(1, array);
      select.setString(2, dimension.name());
      select.setArray(3, array);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          moments
              .computeIfAbsent(row.getString(1), key -> new HashSet<>())
              .add(MicrosText.get(row, 2));
        }
      }
    } finally {
      array.free();
    }
    return moments;
  }
}
