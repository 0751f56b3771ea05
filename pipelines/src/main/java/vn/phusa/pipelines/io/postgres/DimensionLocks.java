package vn.phusa.pipelines.io.postgres;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.TreeSet;
import vn.phusa.transforms.scd.DimensionSpec;

/**
 * Who changes the rows of a key in a dimension holds the lock of its shard until the transaction
 * ends. Shards are taken in ascending order, and dimensions in the order of their lock class, so
 * that two writers never wait for one another.
 */
final class DimensionLocks {
  /** Enough for dozens of writers; few enough to be taken by one statement. */
  static final int SHARDS = 64;

  private static final int NAMESPACE = 0x5048_5300;

  private DimensionLocks() {}

  static int shardOf(String key) {
    int hash = Hashing.murmur3_32_fixed().hashString(key, StandardCharsets.UTF_8).asInt();
    return Math.floorMod(hash, SHARDS);
  }

  /** Takes the locks of the keys' shards, for the rest of the transaction. */
  static void take(Connection connection, DimensionSpec dimension, Collection<String> keys)
      throws SQLException {
    TreeSet<Integer> shards = new TreeSet<>();
    for (String key : keys) {
      shards.add(shardOf(key));
    }
    Array ascending = connection.createArrayOf("int4", shards.toArray());
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT pg_advisory_xact_lock(?, shard) FROM unnest(?::int[]) AS shard")) {
      statement.setInt(1, NAMESPACE + dimension.lockClass());
      statement.setArray(2, ascending);
      statement.execute();
    } finally {
      ascending.free();
    }
  }
}
