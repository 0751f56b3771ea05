package vn.phusa.pipelines.io.warehouse.dimension;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.postgres.copy.MicrosText;
import vn.phusa.transforms.scd.DimensionSpec;

/**
 * The surrogate key of the version that held at a fact's time: the one with the greatest effective
 * date not after it, else the first. A member that no row has yet is inferred.
 *
 * <p>The transaction must hold a transaction id before it looks up: {@link Rekeying} tells by it
 * which facts may have missed a version.
 */
public final class PointInTimeKeys {
  /** The key of the unknown member. */
  static final long UNKNOWN = -1;

  private final DimensionSpec dimension;

  public PointInTimeKeys(DimensionSpec dimension) {
    this.dimension = dimension;
  }

  /** The versions of one member, by their start. */
  private record Versions(long[] starts, long[] keys) {

    Versions(long start, long key) {
      this(new long[] {start}, new long[] {key});
    }

    Versions and(long start, long key) {
      int n = starts.length;
      int at = 0;
      while (at < n && starts[at] < start) {
        at++;
      }
      long[] moreStarts = new long[n + 1];
      long[] moreKeys = new long[n + 1];
      System.arraycopy(starts, 0, moreStarts, 0, at);
      System.arraycopy(keys, 0, moreKeys, 0, at);
      System.arraycopy(starts, at, moreStarts, at + 1, n - at);
      System.arraycopy(keys, at, moreKeys, at + 1, n - at);
      moreStarts[at] = start;
      moreKeys[at] = key;
      return new Versions(moreStarts, moreKeys);
    }

    long keyAt(@Nullable Long micros) {
      int i = starts.length - 1;
      while (i > 0 && (micros == null || starts[i] > micros)) {
        i--;
      }
      return keys[i];
    }
  }

  /**
   * The keys, aligned with the members.
   *
   * @param members natural keys; null for an unknown member
   * @param atMicros the facts' times; null when unknown
   */
  public long[] resolve(
      Connection connection, List<@Nullable String> members, List<@Nullable Long> atMicros)
      throws SQLException {
    Map<String, Versions> versions = new HashMap<>();
    Set<String> distinct = new HashSet<>(members);
    distinct.remove(null);
    lookUp(connection, distinct, versions);
    TreeSet<String> missing = new TreeSet<>();
    for (String member : distinct) {
      if (!versions.containsKey(member)) {
        missing.add(member);
      }
    }
    if (!missing.isEmpty()) {
      infer(connection, dimension, missing);
      lookUp(connection, missing, versions);
    }
    long[] keys = new long[members.size()];
    for (int i = 0; i < keys.length; i++) {
      String member = members.get(i);
      keys[i] = member == null ? UNKNOWN : versions.get(member).keyAt(atMicros.get(i));
    }
    return keys;
  }

  private void lookUp(
      Connection connection, Collection<String> members, Map<String, Versions> versions)
      throws SQLException {
    if (members.isEmpty()) {
      return;
    }
    Array array = connection.createArrayOf("text", members.toArray());
    try (PreparedStatement statement =
        connection.prepareStatement(
            String.format(
                Locale.ROOT,
                "SELECT %1$s, %2$s, effective_date FROM %3$s WHERE %1$s = ANY (?)",
                dimension.naturalKey(),
                dimension.surrogateKey(),
                dimension.table()))) {
      statement.setArray(1, array);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          long key = row.getLong(2);
          long start = Objects.requireNonNull(MicrosText.get(row, 3), "effective_date");
          versions.merge(
              row.getString(1), new Versions(start, key), (known, one) -> known.and(start, key));
        }
      }
    } finally {
      array.free();
    }
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
            String.format(
                Locale.ROOT,
                "INSERT INTO %1$s (%2$s, effective_date, is_current, is_deleted, is_inferred)"
                    + " SELECT k.key, timestamptz '1900-01-01 00:00:00+00', true, false, true"
                    + " FROM unnest(?::text[]) AS k(key)"
                    + " WHERE NOT EXISTS (SELECT FROM %1$s d WHERE d.%2$s = k.key)"
                    + " ORDER BY k.key ON CONFLICT DO NOTHING",
                dimension.table(),
                dimension.naturalKey()))) {
      statement.setArray(1, array);
      statement.executeUpdate();
    } finally {
      array.free();
    }
  }
}
