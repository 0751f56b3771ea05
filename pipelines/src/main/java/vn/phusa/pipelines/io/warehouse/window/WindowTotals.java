package vn.phusa.pipelines.io.warehouse.window;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.postgres.copy.MicrosText;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseIdentity;

/**
 * What five-minute windows are at one moment of the warehouse: the numbers of all their platforms
 * and regions, with a version by which the newer of two such readings is known.
 *
 * @param warehouse the history of the database that was read, see {@link
 *     WarehouseIdentity#historyOf}; versions of different ones cannot be compared
 * @param version how many transactions had ended when it was read, see {@link #read}
 * @param readAt the database's time
 * @param windows the lines of each window that was asked for, by its start; none where it is empty
 */
public record WindowTotals(
    String warehouse, long version, Instant readAt, Map<Instant, List<Line>> windows) {

  /**
   * A window's numbers for one platform and region.
   *
   * @param orders order lines, those without an amount too
   * @param revenueVnd the sum of the amounts, whole dong
   * @param averageVnd the mean of the amounts that are known, whole dong, half up; null if none is
   */
  public record Line(
      String platform,
      String region,
      long orders,
      BigDecimal revenueVnd,
      @Nullable BigDecimal averageVnd) {}

  /**
   * The snapshot that the numbers are read from says of every transaction below its xmax whether it
   * had ended: all but those listed as in progress. So xmax less their number counts those that
   * had. It grows with each that ends, in the order in which they become visible, which xmax alone
   * does not: a transaction may commit after one that began later. It is taken in the statement
   * that reads, since two statements would have two snapshots.
   */
  private static final String MOMENT =
      """
      SELECT
        pg_snapshot_xmax(s.taken)::text::bigint
          - (SELECT count(*) FROM pg_snapshot_xip(s.taken)) AS version,
        statement_timestamp() AS read_at
      FROM (SELECT pg_current_snapshot() AS taken) AS s
      """;

  private static final String READ =
      String.format(
          Locale.ROOT,
          """
      SELECT
        v.version, v.read_at,
        w.window_start, w.platform, w.region, w.order_count, w.total_revenue_vnd, w.avg_order_value_vnd
      FROM (%s) AS v
      LEFT JOIN (SELECT * FROM sales_window WHERE window_start = ANY (?::timestamptz[])) AS w ON true
      ORDER BY w.window_start, w.platform, w.region
      """,
          MOMENT);

  /** The moment alone, with no window: which warehouse it is, and what time it has. */
  public static WindowTotals ofNone(Connection connection) throws SQLException {
    String warehouse = WarehouseIdentity.historyOf(connection);
    try (PreparedStatement statement = connection.prepareStatement(MOMENT);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return at(warehouse, row, Map.of());
    }
  }

  /**
   * Reads the windows in one statement. The history is asked for before: where it changes between
   * the two, the numbers are taken for the older one's, which the next reading mends.
   *
   * @param connection with autocommit
   * @param startMicros their starts, microseconds since 1970-01-01 UTC
   */
  public static WindowTotals read(Connection connection, Collection<Long> startMicros)
      throws SQLException {
    String warehouse = WarehouseIdentity.historyOf(connection);
    Map<Instant, List<Line>> windows = new TreeMap<>();
    List<String> starts = new ArrayList<>();
    for (long micros : startMicros) {
      windows.put(instantOf(micros), new ArrayList<>());
      starts.add(MicrosText.of(micros));
    }
    Array array = connection.createArrayOf("text", starts.toArray());
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setArray(1, array);
      try (ResultSet row = statement.executeQuery()) {
        WindowTotals totals = null;
        while (row.next()) {
          if (totals == null) {
            totals = at(warehouse, row, windows);
          }
          OffsetDateTime start = row.getObject(3, OffsetDateTime.class);
          if (start != null) {
            windows.get(start.toInstant()).add(line(row));
          }
        }
        if (totals == null) {
          throw new SQLException("no snapshot was returned");
        }
        return totals;
      }
    } finally {
      array.free();
    }
  }

  private static WindowTotals at(String warehouse, ResultSet row, Map<Instant, List<Line>> windows)
      throws SQLException {
    Instant readAt = row.getObject(2, OffsetDateTime.class).toInstant();
    return new WindowTotals(warehouse, row.getLong(1), readAt, windows);
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(
        row.getString(4),
        row.getString(5),
        row.getLong(6),
        row.getBigDecimal(7),
        row.getBigDecimal(8));
  }

  private static Instant instantOf(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }
}
