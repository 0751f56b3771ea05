package vn.phusa.pipelines.io.warehouse.deadletter;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.transforms.scd.DimensionSpec;
import vn.phusa.transforms.scd.DimensionSpec.Tracking;

/**
 * Dead letters whose row was corrected at its source and loaded since: nothing waits for them any
 * more. They end as {@code resolved}.
 *
 * <p>A later state is one that was modified after the rejected one; or at the same time, where it
 * was read after the dead letter was last met. Of a record that says no time, or one ahead of the
 * present, it is one that was modified after the dead letter was last met. A movement of stock is
 * no later state of a product; a delete is one.
 *
 * <p>It costs a lookup in an index for each dead letter that waits, so it is done at the end of a
 * load and periodically in a stream, not with each batch.
 */
public final class ResolvedDeadLetters {
  private static final Logger LOG = LoggerFactory.getLogger(ResolvedDeadLetters.class);

  /** The time that a later state must be after. */
  private static final String REJECTED_AT = "least(d.record_modified_at, d.seen_at)";

  /** Another writer of a dead letter knows better; it is not waited for. */
  private static final String RESOLVE =
      "UPDATE dead_letter SET status = 'resolved' WHERE id = ANY (ARRAY("
          + "SELECT d.id FROM dead_letter d"
          + " WHERE d.status IN ('waiting', 'replaying') AND d.record_key IS NOT NULL"
          + " AND d.record_table = '%s' AND (%s) ORDER BY d.id FOR UPDATE OF d SKIP LOCKED))";

  private static final List<String> STATEMENTS =
      List.of(
          ofFact("fact_sales", "order_id"),
          ofFact("fact_transactions", "transaction_id"),
          resolve(
              "fact_sales_realtime",
              "EXISTS (SELECT FROM fact_sales_realtime f WHERE f.order_id = d.record_key"
                  + " AND f.change_ordered_at > "
                  + REJECTED_AT
                  + ")"),
          ofDimension(DimensionSpec.CUSTOMER),
          ofDimension(DimensionSpec.PRODUCT));

  private ResolvedDeadLetters() {}

  /**
   * Resolves what can be. What the caller came for is done whatever becomes of it: a failure is a
   * warning, and the next call does it.
   */
  public static void settle(DatabaseAddress warehouse) {
    try (Connection connection = Postgres.open(warehouse)) {
      long resolved = resolve(connection);
      LOG.debug("{} dead letters are resolved", resolved);
    } catch (SQLException e) {
      LOG.warn("resolved dead letters are found the next time: SQLSTATE {}", e.getSQLState());
    }
  }

  /**
   * Resolves what can be.
   *
   * @return how many dead letters
   */
  static long resolve(Connection connection) throws SQLException {
    long resolved = 0;
    try (Statement statement = connection.createStatement()) {
      for (String sql : STATEMENTS) {
        resolved += statement.executeUpdate(sql);
      }
    }
    return resolved;
  }

  private static String resolve(String table, String isLaterThere) {
    return String.format(Locale.ROOT, RESOLVE, table, isLaterThere);
  }

  private static String ofFact(String table, String key) {
    return resolve(
        table,
        String.format(Locale.ROOT, "EXISTS (SELECT FROM %s f WHERE f.%s = d.record_key", table, key)
            + " AND f.source = d.source AND (greatest(f.source_modified_at, f.deleted_ordered_at) > "
            + REJECTED_AT
            + " OR "
            + readAgain("f.source_modified_at", "f.change_observed_at")
            + "))");
  }

  private static String ofDimension(DimensionSpec dimension) {
    String ofState =
        dimension.attributes().stream()
            .filter(attribute -> attribute.tracking() == Tracking.TYPE_2)
            .map(attribute -> "'" + attribute.column() + "'")
            .collect(Collectors.joining(", "));
    return resolve(
        dimension.table(),
        String.format(
                Locale.ROOT,
                "EXISTS (SELECT FROM %s v WHERE v.%s = d.record_key",
                dimension.table(),
                dimension.naturalKey())
            + " AND (v.change_modified_at > "
            + REJECTED_AT
            + " OR "
            + readAgain("v.change_modified_at", "v.change_observed_at")
            + String.format(
                Locale.ROOT,
                ")) OR EXISTS (SELECT FROM scd_change c WHERE c.dimension = '%s'"
                    + " AND c.key = d.record_key",
                dimension.name())
            + " AND (c.operation = 'DELETE' OR jsonb_exists_any(c.attributes, ARRAY["
            + ofState
            + "])) AND (c.modified_at > "
            + REJECTED_AT
            + " OR "
            + readAgain("c.modified_at", "c.observed_at")
            + "))");
  }

  /** The same time, as when what rejected the record was not the record's own fault. */
  private static String readAgain(String modified, String observed) {
    return "(" + modified + " = d.record_modified_at AND " + observed + " > d.seen_at)";
  }
}
