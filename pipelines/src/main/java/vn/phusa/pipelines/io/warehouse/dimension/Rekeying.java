package vn.phusa.pipelines.io.warehouse.dimension;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.postgres.SqlFailure;
import vn.phusa.pipelines.io.waiting.AnswerTimeout;
import vn.phusa.pipelines.io.waiting.Waiting;
import vn.phusa.pipelines.io.warehouse.schema.SchemaNumber;
import vn.phusa.transforms.scd.DimensionSpec;

/**
 * Gives facts the right version after versions have moved.
 *
 * <p>Whoever moves versions leaves an entry in {@code rekey} in the same transaction. A fact whose
 * transaction looked up before that commit may carry an older key, and may commit later. So an
 * entry is marked with the next transaction id at a moment after its commit ({@code seen_before}):
 * every such fact transaction has a smaller one, since it holds its id before it looks up. The
 * entry is removed only by a pass that began when all transactions below that mark had ended, and
 * so saw their facts, and that left none of them with a version that is gone. (The id of the
 * dimension's own transaction would not do: a fact transaction may begin after it, look up before
 * it commits, and outlive it.)
 */
public final class Rekeying {
  private static final long LOCK = 0x5048_5341_0001L;
  private static final int CHUNK = 5_000;
  private static final int ATTEMPTS = 10;

  private static final List<FactReference> REFERENCES =
      List.of(
          new FactReference(
              DimensionSpec.CUSTOMER,
              "fact_sales",
              "order_id",
              "customer_key",
              "customer_id",
              "order_timestamp"),
          new FactReference(
              DimensionSpec.PRODUCT,
              "fact_sales",
              "order_id",
              "product_key",
              "product_id",
              "order_timestamp"),
          new FactReference(
              DimensionSpec.PRODUCT,
              "fact_inventory",
              "event_id",
              "product_key",
              "product_id",
              "event_timestamp"));

  private final Connection connection;

  private record FactReference(
      DimensionSpec dimension,
      String table,
      String primaryKey,
      String key,
      String naturalKey,
      String time) {}

  private Rekeying(Connection connection) {
    this.connection = connection;
  }

  /**
   * Corrects every fact that an entry is about. One caller at a time; others wait, which is
   * reported and has a limit. What may succeed later (a deadlock with a writer of facts) is tried
   * again.
   *
   * @return how many facts got another key
   * @throws SQLException if the warehouse cannot be used
   */
  public static long rekey(DatabaseAddress warehouse) throws SQLException {
    long lastStart = System.nanoTime() + AnswerTimeout.limit().toNanos();
    for (int attempt = 1; ; attempt++) {
      // The lock belongs to the session, and goes with it.
      try (Waiting.Detail ignored = Waiting.detail("settling of keys");
          Connection connection = Postgres.openForBatches(warehouse)) {
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
        return new Rekeying(connection).rekeyAll();
      } catch (SQLException e) {
        if (attempt == ATTEMPTS
            || System.nanoTime() - lastStart > 0
            || SqlFailure.of(e) != SqlFailure.TRANSIENT) {
          throw e;
        }
      }
    }
  }

  private long rekeyAll() throws SQLException {
    execute("SELECT pg_advisory_lock(" + SchemaNumber.lock(LOCK) + ")");
    connection.commit();
    // The id is assigned after the statement's snapshot was taken: whoever looked up before one of
    // these entries was committed has a smaller one.
    execute("UPDATE rekey SET seen_before = pg_current_xact_id() WHERE seen_before IS NULL");
    connection.commit();
    long corrected = 0;
    long last = Long.MIN_VALUE;
    while (true) {
      Long horizon = queryLong("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
      Long end =
          queryLong(
              String.format(
                  Locale.ROOT,
                  "SELECT max(id) FROM (SELECT id FROM rekey WHERE id > %d"
                      + " AND seen_before IS NOT NULL ORDER BY id LIMIT %d) c",
                  last,
                  CHUNK));
      if (end == null || horizon == null) {
        connection.commit();
        return corrected;
      }
      corrected += rekey(last, end, horizon);
      connection.commit();
      last = end;
    }
  }

  private long rekey(long after, long upTo, long horizon) throws SQLException {
    String range = "r.id > " + after + " AND r.id <= " + upTo + " AND r.seen_before IS NOT NULL";
    long corrected = 0;
    for (FactReference reference : REFERENCES) {
      inferWhereNothingIsLeft(reference, range);
    }
    for (FactReference reference : REFERENCES) {
      corrected += update(reference, range);
    }
    StringBuilder remove =
        new StringBuilder("DELETE FROM rekey r WHERE ")
            .append(range)
            .append(" AND r.seen_before <= '")
            .append(horizon)
            .append("'::xid8");
    for (FactReference reference : REFERENCES) {
      remove.append(" AND NOT ").append(leftWithout(reference));
    }
    execute(remove.toString());
    return corrected;
  }

  /**
   * Whether facts still name a version that is gone. They do when their member had versions while
   * it was looked whom to infer, and had none when versions were looked for: the entry then stays,
   * since whoever gives the member versions again knows nothing of those facts.
   */
  private static String leftWithout(FactReference reference) {
    return String.format(
        Locale.ROOT,
        "(r.dimension = '%1$s' AND EXISTS (SELECT FROM unnest(r.surrogate_keys) AS gone (key)"
            + " WHERE NOT EXISTS (SELECT FROM %2$s d WHERE d.%3$s = gone.key)"
            + " AND EXISTS (SELECT FROM %4$s f WHERE f.%5$s = gone.key"
            + " AND f.%6$s = r.natural_key)))",
        reference.dimension().name(),
        reference.dimension().table(),
        reference.dimension().surrogateKey(),
        reference.table(),
        reference.key(),
        reference.naturalKey());
  }

  /** A key whose versions all vanished while facts refer to it has a placeholder again. */
  private void inferWhereNothingIsLeft(FactReference reference, String range) throws SQLException {
    TreeSet<String> keys = new TreeSet<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            String.format(
                Locale.ROOT,
                "SELECT DISTINCT r.natural_key FROM rekey r WHERE r.dimension = ? AND %1$s"
                    + " AND NOT EXISTS (SELECT FROM %2$s d WHERE d.%3$s = r.natural_key)"
                    + " AND EXISTS (SELECT FROM %4$s f WHERE f.%5$s = ANY (r.surrogate_keys)"
                    + " AND f.%6$s = r.natural_key)",
                range,
                reference.dimension().table(),
                reference.dimension().naturalKey(),
                reference.table(),
                reference.key(),
                reference.naturalKey()))) {
      statement.setString(1, reference.dimension().name());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          keys.add(rows.getString(1));
        }
      }
    }
    if (!keys.isEmpty()) {
      PointInTimeKeys.infer(connection, reference.dimension(), keys);
    }
  }

  private long update(FactReference reference, String range) throws SQLException {
    DimensionSpec dimension = reference.dimension();
    String version =
        String.format(
            Locale.ROOT,
            "SELECT d.%s FROM %s d WHERE d.%s = f.%s",
            dimension.surrogateKey(),
            dimension.table(),
            dimension.naturalKey(),
            reference.naturalKey());
    String asOf =
        String.format(
            Locale.ROOT,
            "coalesce((%1$s AND d.effective_date <= f.%2$s"
                + " ORDER BY d.effective_date DESC LIMIT 1),"
                + " (%1$s ORDER BY d.effective_date LIMIT 1))",
            version,
            reference.time());
    String sql =
        String.format(
            Locale.ROOT,
            "UPDATE %1$s u SET %2$s = n.key, updated_at = now() FROM ("
                + "SELECT DISTINCT f.%3$s AS id, f.%5$s AS member, f.%7$s AS at,"
                + " %4$s AS key FROM rekey r JOIN %1$s f"
                + " ON f.%2$s = ANY (r.surrogate_keys) AND f.%5$s = r.natural_key"
                + " AND (r.from_at IS NULL OR f.%7$s >= r.from_at)"
                + " WHERE r.dimension = ? AND %6$s) n"
                // A fact that was changed meanwhile got its key by its own writer.
                + " WHERE u.%3$s = n.id AND n.key IS NOT NULL AND u.%2$s <> n.key"
                + " AND u.%5$s = n.member AND u.%7$s IS NOT DISTINCT FROM n.at",
            reference.table(),
            reference.key(),
            reference.primaryKey(),
            asOf,
            reference.naturalKey(),
            range,
            reference.time());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, dimension.name());
      return statement.executeUpdate();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Long queryLong(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      long value = row.getLong(1);
      return row.wasNull() ? null : value;
    }
  }
}
