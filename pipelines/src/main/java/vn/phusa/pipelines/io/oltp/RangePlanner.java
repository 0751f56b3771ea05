package vn.phusa.pipelines.io.oltp;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Cuts what is to be read of a table into ranges of about equal size: by the time of modification
 * (whose index is all that is read for it), and a time that many rows share (a bulk import) by the
 * key.
 */
public final class RangePlanner {
  private final Connection source;
  private final PolledTable table;
  private final long rangeRows;

  /**
   * @param source the operational database
   * @param rangeRows about how many rows a range shall have; more than 0
   */
  public RangePlanner(Connection source, PolledTable table, long rangeRows) {
    this.source = source;
    this.table = table;
    this.rangeRows = rangeRows;
  }

  private record Boundary(String time, long firstRow) {}

  /**
   * The ranges of the rows modified in [from, to), in ascending order, and where there are such,
   * one of the rows that say they were modified a day or more after the present, and one of those
   * that do not say when: both are rejected, which has to be counted.
   *
   * @param from the least time of modification in PostgreSQL's text form; "-infinity": all
   * @param to the time before which modifications are read
   * @param withUnordered whether the last two are wanted
   */
  public List<PolledRange> plan(String from, String to, boolean withUnordered) throws SQLException {
    List<PolledRange> ranges = new ArrayList<>();
    List<Boundary> boundaries = boundaries(from, to);
    for (int i = 0; i + 1 < boundaries.size(); i++) {
      Boundary boundary = boundaries.get(i);
      Boundary next = boundaries.get(i + 1);
      long rows = next.firstRow - boundary.firstRow;
      if (rows <= 2 * rangeRows) {
        ranges.add(range(ranges, boundary.time, next.time, null, null, rows));
      } else {
        splitByKey(ranges, " = ?::timestamptz", boundary.time, false);
        String after = timeAfter(boundary.time, next.time);
        if (after != null) {
          ranges.add(range(ranges, after, next.time, null, null, rangeRows));
        }
      }
    }
    if (withUnordered) {
      addFuture(ranges);
      addTimeless(ranges);
    }
    return ranges;
  }

  private static PolledRange range(
      List<PolledRange> ranges, String from, String to, String keyFrom, String keyTo, long rows) {
    return PolledRange.create(ranges.size(), from, to, keyFrom, keyTo, rows, false);
  }

  /** Every so many rows the time of one, and the end; none when there is nothing to read. */
  private List<Boundary> boundaries(String from, String to) throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            "SELECT %1$s::text, min(n), max(n) FROM (SELECT %1$s, row_number() OVER (ORDER BY %1$s)"
                + " - 1 AS n FROM %2$s WHERE %1$s >= ?::timestamptz AND %1$s < ?::timestamptz) rows"
                + " WHERE n %% ? = 0 GROUP BY %1$s ORDER BY %1$s",
            PolledTable.MODIFIED,
            table.kind());
    List<Boundary> boundaries = new ArrayList<>();
    long lastRow = 0;
    try (PreparedStatement statement = source.prepareStatement(sql)) {
      statement.setString(1, from);
      statement.setString(2, to);
      statement.setLong(3, rangeRows);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          boundaries.add(new Boundary(row.getString(1), row.getLong(2)));
          lastRow = row.getLong(3);
        }
      }
    }
    if (!boundaries.isEmpty()) {
      boundaries.add(new Boundary(to, lastRow + rangeRows));
    }
    return boundaries;
  }

  /**
   * Cuts the rows of a condition on the time of modification by their key.
   *
   * @param time the condition's parameter, and from where the ranges read; null: none
   */
  private void splitByKey(
      List<PolledRange> ranges, String condition, @Nullable String time, boolean future)
      throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            "SELECT %1$s FROM (SELECT %1$s, row_number() OVER (ORDER BY %1$s NULLS FIRST) - 1 AS n"
                + " FROM %2$s WHERE %3$s%4$s) rows"
                + " WHERE n %% ? = 0 AND (n = 0 OR %1$s IS NOT NULL) ORDER BY n",
            table.keyColumn(),
            table.kind(),
            PolledTable.MODIFIED,
            condition);
    List<String> keys = new ArrayList<>();
    try (PreparedStatement statement = source.prepareStatement(sql)) {
      int parameter = 1;
      if (time != null) {
        statement.setString(parameter++, time);
      }
      statement.setLong(parameter, rangeRows);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          keys.add(row.getString(1));
        }
      }
    }
    for (int i = 0; i < keys.size(); i++) {
      // Open at both ends: a key that comes between the plan and the reading is read all the same.
      String keyFrom = i == 0 ? null : keys.get(i);
      String keyTo = i + 1 == keys.size() ? null : keys.get(i + 1);
      ranges.add(PolledRange.create(ranges.size(), time, null, keyFrom, keyTo, rangeRows, future));
    }
  }

  /** The next time of modification, or null when there is none before the end. */
  private String timeAfter(String time, String to) throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            "SELECT min(%1$s)::text FROM %2$s WHERE %1$s > ?::timestamptz AND %1$s < ?::timestamptz",
            PolledTable.MODIFIED,
            table.kind());
    try (PreparedStatement statement = source.prepareStatement(sql)) {
      statement.setString(1, time);
      statement.setString(2, to);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private void addFuture(List<PolledRange> ranges) throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            "SELECT min(%1$s)::text FROM %2$s WHERE %1$s >= now() + interval '1 day'",
            PolledTable.MODIFIED,
            table.kind());
    try (PreparedStatement statement = source.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      row.next();
      if (row.getString(1) != null) {
        splitByKey(ranges, " >= ?::timestamptz", row.getString(1), true);
      }
    }
  }

  private void addTimeless(List<PolledRange> ranges) throws SQLException {
    splitByKey(ranges, " IS NULL", null, false);
  }
}
