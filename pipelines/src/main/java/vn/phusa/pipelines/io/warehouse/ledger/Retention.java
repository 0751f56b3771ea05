package vn.phusa.pipelines.io.warehouse.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.deadletter.DeadLetterStore;

/**
 * Removes old rows of the housekeeping tables: runs with their steps and counts, quality results
 * and dead letters. Watermarks and what the dimensions' histories need have no age and stay.
 */
public final class Retention {

  private static final int BATCH_ROWS = 5_000;

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
  private final Clock clock;
  private final int batchRows;

  public Retention(DataSource warehouse, Clock clock) {
    this(warehouse, clock, BATCH_ROWS);
  }

  Retention(DataSource warehouse, Clock clock, int batchRows) {
    this.warehouse = warehouse;
    this.clock = clock;
    this.batchRows = batchRows;
  }

  /**
   * Removes what ended, was measured or was last met more than this long ago, in batches that are
   * committed one by one, so that nobody waits long for a lock. Dead letters go whatever their
   * status, but for those that the present run met.
   *
   * @param age not negative
   * @param present the run that removes
   * @return rows removed from etl_run, quality_result and dead_letter, by table
   */
  public Map<String, Long> removeOlderThan(Duration age, RunId present) throws SQLException {
    if (age.isNegative()) {
      throw new IllegalArgumentException("a retention cannot be negative: " + age);
    }
    OffsetDateTime limit = clock.instant().minus(age).atOffset(ZoneOffset.UTC);
    Map<String, Long> removed = new LinkedHashMap<>();
    try (Connection connection = warehouse.getConnection()) {
      removed.put("etl_run", removeAll(connection, RUNS, limit));
      removed.put("quality_result", removeAll(connection, QUALITY_RESULTS, limit));
      OffsetDateTime began = began(connection, present);
      OffsetDateTime met = began == null || limit.isBefore(began) ? limit : began;
      removed.put(
          "dead_letter",
          removeAll(() -> DeadLetterStore.removeSeenBefore(connection, met, batchRows)));
    }
    return removed;
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

  private long removeAll(Connection connection, String delete, OffsetDateTime limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      statement.setObject(1, limit);
      statement.setInt(2, batchRows);
      return removeAll(statement::executeUpdate);
    }
  }

  /** Removes one batch, and says how many rows it had. */
  private interface Batch {
    int remove() throws SQLException;
  }

  private static long removeAll(Batch batch) throws SQLException {
    long removed = 0;
    int rows;
    do {
      rows = batch.remove();
      removed += rows;
    } while (rows > 0);
    return removed;
  }
}
