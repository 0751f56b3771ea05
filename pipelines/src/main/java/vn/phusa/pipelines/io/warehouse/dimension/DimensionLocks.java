package vn.phusa.pipelines.io.warehouse.dimension;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import vn.phusa.transforms.scd.DimensionSpec;

/**
 * Who changes the rows of a key in a dimension holds the lock of its shard until the transaction
 * ends. Shards are taken in ascending order, and dimensions in the order of their lock class, so
 * that two writers never wait for one another.
 */
public final class DimensionLocks {
  /** Enough for dozens of writers; few enough to be taken by one statement. */
  static final int SHARDS = 64;

  /** Parts of a large batch that take locks of their own. */
  private static final int LANES = 4;

  /** A smaller batch is not worth several transactions. */
  private static final int MIN_ROWS_OF_LANES = 4_000;

  private static final int NAMESPACE = 0x5048_5300;

  private DimensionLocks() {}

  static int shardOf(String key) {
    int hash = Hashing.murmur3_32_fixed().hashString(key, StandardCharsets.UTF_8).asInt();
    return Math.floorMod(hash, SHARDS);
  }

  /**
   * Cuts a large batch by its keys' shards, so that two workers can write at the same time; they
   * begin with different parts.
   */
  static <T> List<List<T>> lanes(List<T> batch, Function<T, String> key) {
    if (batch.size() < MIN_ROWS_OF_LANES) {
      return List.of(batch);
    }
    List<List<T>> lanes = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      lanes.add(new ArrayList<>(batch.size() / LANES + batch.size() / 16));
    }
    for (T row : batch) {
      lanes.get(shardOf(key.apply(row)) % LANES).add(row);
    }
    Collections.rotate(lanes, ThreadLocalRandom.current().nextInt(LANES));
    return lanes;
  }

  /** Takes the locks of the keys' shards, for the rest of the transaction. */
  public static void take(Connection connection, DimensionSpec dimension, Collection<String> keys)
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
