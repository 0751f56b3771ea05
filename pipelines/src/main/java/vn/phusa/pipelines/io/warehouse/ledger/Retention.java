package vn.phusa.pipelines.io.warehouse.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.deadletter.DeadLetterStore;
import vn.phusa.pipelines.io.warehouse.schema.SchemaNumber;

/**
 * Removes old rows of the housekeeping tables: runs with their steps and counts, quality results
 * and dead letters. Watermarks and what the dimensions' histories need have no age and stay.
 *
 * <p>Rows go in batches that are committed one by one, so that nobody waits long for a lock. One
 * caller at a time removes; another finds that and leaves it to that one.
 */
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  static final long LOCK = 0x5048_5341_0002L;
  private static final int BATCH_ROWS = 5_000;

  /** Whoever keeps nothing still wants to see what a stream has just rejected. */
  private static final Duration MIN_AGE_IN_STREAM = Duration.ofDays(1);

  /** A run that still runs is kept whatever its age: a stream may run for years. */
  private static final String RUNS =
      """
      WITH old AS (
        SELECT run_id FROM etl_run WHERE status <> 'running' AND ended < ? LIMIT ?),
      counts AS (DELETE FROM etl_count c USING old WHERE c.run_id = old.run_id),
      steps AS (DELETE FROM etl_step s USING old WHERE s.run_id = old.run_id)
      DELETE FROM etl_run r USING old WHERE r.run_id = old.run_id
      """;

  private static final String QUALITY_RESULTS =
      """
      DELETE FROM quality_result WHERE id = ANY (ARRAY(
        SELECT id FROM quality_result WHERE checked_at < ? LIMIT ?))
      """;

  private final DataSource warehouse;
  private final InstantSource clock;
  private final int batchRows;

  public Retention(DataSource warehouse, InstantSource clock) {
    this(warehouse, clock, BATCH_ROWS);
  }

  Retention(DataSource warehouse, InstantSource clock, int batchRows) {
    this.warehouse = warehouse;
    this.clock = clock;
    this.batchRows = batchRows;
  }

  /**
   * Removes what ended, was measured or was last met more than this long ago. Dead letters go
   * whatever their status, but for those that the present run met.
   *
   * @param age not negative
   * @param present the run that removes
   * @return rows removed from etl_run, quality_result and dead_letter, by table; empty where
   *     another removes
   */
  public Map<String, Long> removeOlderThan(Duration age, RunId present) throws SQLException {
    return remove(
        age,
        connection -> {
          OffsetDateTime began = began(connection, present);
          OffsetDateTime limit = limit(age);
          return began == null || limit.isBefore(began) ? limit : began;
        },
        null);
  }

  /**
   * As {@link #removeOlderThan}, for a stream: its own dead letters grow old too, but none goes
   * within a day. Ends early once it took long; the rest waits for the next time.
   *
   * @param age not negative
   * @param budget how long it may take, but for the batch that is under way
   */
  public Map<String, Long> removeSomeOlderThan(Duration age, Duration budget) throws SQLException {
    Duration ofDeadLetters = age.compareTo(MIN_AGE_IN_STREAM) < 0 ? MIN_AGE_IN_STREAM : age;
    return remove(age, connection -> limit(ofDeadLetters), System.nanoTime() + budget.toNanos());
  }

  /**
   * Does something of this, where the work itself is done whatever becomes of it: a failure is a
   * warning.
   */
  public static void attempt(Removal removal) {
    try {
      Map<String, Long> unused = removal.remove();
    } catch (SQLException e) {
      LOG.warn(
          "old rows of runs and dead letters are removed the next time: SQLSTATE {}",
          e.getSQLState());
    }
  }

  /** A removal of old rows. */
  @FunctionalInterface
  public interface Removal {
    Map<String, Long> remove() throws SQLException;
  }

  /** Before when dead letters must have been met last. */
  private interface MetBefore {
    OffsetDateTime of(Connection connection) throws SQLException;
  }

  private Map<String, Long> remove(Duration age, MetBefore met, @Nullable Long end)
      throws SQLException {
    if (age.isNegative()) {
      throw new IllegalArgumentException("a retention cannot be negative: " + age);
    }
    Map<String, Long> removed = new LinkedHashMap<>();
    try (Connection connection = warehouse.getConnection()) {
      if (!isAlone(connection)) {
        LOG.debug("another process removes old rows");
        return removed;
      }
      OffsetDateTime limit = limit(age);
      removed.put("etl_run", removeAll(connection, RUNS, limit, end));
      removed.put("quality_result", removeAll(connection, QUALITY_RESULTS, limit, end));
      OffsetDateTime metBefore = met.of(connection);
      removed.put(
          "dead_letter",
          removeAll(() -> DeadLetterStore.removeSeenBefore(connection, metBefore, batchRows), end));
    }
    return removed;
  }

  /** The lock belongs to the session, and goes with it. */
  private static boolean isAlone(Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "SELECT pg_try_advisory_lock(" + SchemaNumber.lock(LOCK) + ")")) {
      try (ResultSet row = lock.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private OffsetDateTime limit(Duration age) {
    return clock.instant().minus(age).atOffset(ZoneOffset.UTC);
  }

  private static @Nullable OffsetDateTime began(Connection connection, RunId run)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT started FROM etl_run WHERE run_id = ?")) {
      select.setObject(1, run.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getObject(1, OffsetDateTime.class) : null;
      }
    }
  }

  private long removeAll(
      Connection connection, String delete, OffsetDateTime limit, @Nullable Long end)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      statement.setObject(1, limit);
      statement.setInt(2, batchRows);
      return removeAll(statement::executeUpdate, end);
    }
  }

  /** Removes one batch, and says how many rows it had. */
  private interface Batch {
    int remove() throws SQLException;
  }

  private static long removeAll(Batch batch, @Nullable Long end) throws SQLException {
    long removed = 0;
    int rows;
    do {
      rows = batch.remove();
      removed += rows;
    } while (rows > 0 && (end == null || System.nanoTime() - end < 0));
    return removed;
  }
}
