package vn.phusa.pipelines.io.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.scd.DimensionSpec;

/**
 * The surrogate key of the version that held at a fact's time: the one with the greatest effective
 * date not after it, else the first. A member that no row has yet is inferred.
 *
 * <p>The transaction must hold a transaction id before it looks up: {@link Rekeying} tells by it
 * which facts may have missed a version.
 */
final class AsOfKeys {
  /** The key of the unknown member. */
  static final long UNKNOWN = -1;

  private final DimensionSpec dimension;
  private final String lookup;

  AsOfKeys(DimensionSpec dimension) {
    this.dimension = dimension;
    String asOf = "SELECT d.%1$s FROM %2$s d WHERE d.%3$s = f.id";
    this.lookup =
        ("SELECT f.n, coalesce(("
                + asOf
                + " AND d.effective_date <= f.at ORDER BY d.effective_date DESC LIMIT 1), ("
                + asOf
                + " ORDER BY d.effective_date LIMIT 1))"
                + " FROM unnest(?::text[], ?::timestamptz[]) WITH ORDINALITY AS f(id, at, n)")
            .formatted(dimension.surrogateKey(), dimension.table(), dimension.naturalKey());
  }

  /**
   * The keys, aligned with the members.
   *
   * @param members natural keys; null for an unknown member
   * @param atMicros the facts' times; null when unknown
   */
  long[] resolve(
      Connection connection, List<@Nullable String> members, List<@Nullable Long> atMicros)
      throws SQLException {
    long[] keys = new long[members.size()];
    List<Integer> known = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      keys[i] = UNKNOWN;
      if (members.get(i) != null) {
        // The driver would look up, and then infer, another key: with "?" for half a character.
        CopyText.requireStorable(members.get(i));
        known.add(i);
      }
    }
    List<Integer> missing = lookUp(connection, known, members, atMicros, keys);
    if (!missing.isEmpty()) {
      TreeSet<String> unseen = new TreeSet<>();
      missing.forEach(i -> unseen.add(members.get(i)));
      infer(connection, dimension, unseen);
      List<Integer> still = lookUp(connection, missing, members, atMicros, keys);
      if (!still.isEmpty()) {
        throw new IllegalStateException(still.size() + " members could not be inferred");
      }
    }
    return keys;
  }

  /** Fills the keys and returns the places of those that have no row. */
  private List<Integer> lookUp(
      Connection connection,
      List<Integer> places,
      List<@Nullable String> members,
      List<@Nullable Long> atMicros,
      long[] keys)
      throws SQLException {
    if (places.isEmpty()) {
      return List.of();
    }
    Object[] ids = new Object[places.size()];
    Object[] times = new Object[places.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = members.get(places.get(i));
      times[i] = MicrosText.of(atMicros.get(places.get(i)));
    }
    List<Integer> missing = new ArrayList<>();
    Array idArray = connection.createArrayOf("text", ids);
    Array timeArray = connection.createArrayOf("text", times);
    try (PreparedStatement statement = connection.prepareStatement(lookup)) {
      statement.setArray(1, idArray);
      statement.setArray(2, timeArray);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          int place = places.get(rows.getInt(1) - 1);
          long key = rows.getLong(2);
          if (rows.wasNull()) {
            missing.add(place);
          } else {
            keys[place] = key;
          }
        }
      }
    } finally {
      idArray.free();
      timeArray.free();
    }
    return missing;
  }

  /**
   * Adds a placeholder for every key that has no row: under the locks of the dimension's writers,
   * looking again in a statement of its own, since the row may have come meanwhile.
   */
  static void infer(Connection connection, DimensionSpec dimension, Collection<String> keys)
      throws SQLException {
    DimensionLocks.take(connection, dimension, keys);
    Array array = connection.createArrayOf("text", keys.toArray());
    try (PreparedStatement statement =
        connection.prepareStatement(
            ("INSERT INTO %1$s (%2$s, effective_date, is_current, is_deleted, is_inferred)"
                    + " SELECT k.key, timestamptz '1900-01-01 00:00:00+00', true, false, true"
                    + " FROM unnest(?::text[]) AS k(key)"
                    + " WHERE NOT EXISTS (SELECT FROM %1$s d WHERE d.%2$s = k.key)"
                    + " ORDER BY k.key ON CONFLICT DO NOTHING")
                .formatted(dimension.table(), dimension.naturalKey()))) {
      statement.setArray(1, array);
      statement.executeUpdate();
    } finally {
      array.free();
    }
  }
}
