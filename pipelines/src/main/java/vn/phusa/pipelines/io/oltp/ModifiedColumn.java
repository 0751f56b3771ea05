package vn.phusa.pipelines.io.oltp;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the source's catalogue and rows say of a table's time of modification.
 *
 * @param type its type's name, e.g. {@code timestamp}
 * @param scale digits of its seconds; null: as many as there are
 * @param defaultValue the expression of its default; null: none
 */
public record ModifiedColumn(String type, @Nullable Integer scale, @Nullable String defaultValue) {

  /** The column of a table or view that is there. */
  public static ModifiedColumn of(Connection source, PolledTable table) throws SQLException {
    try (PreparedStatement select =
        source.prepareStatement(
            "SELECT t.typname, CASE WHEN a.atttypmod >= 0 THEN a.atttypmod END,"
                + " pg_get_expr(d.adbin, d.adrelid) FROM pg_attribute a"
                + " JOIN pg_type t ON t.oid = a.atttypid"
                + " LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
                + " WHERE a.attrelid = to_regclass(?) AND a.attname = ?")) {
      select.setString(1, table.kind());
      select.setString(2, PolledTable.MODIFIED);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new ModifiedColumn(
            row.getString(1), row.getObject(2, Integer.class), row.getString(3));
      }
    }
  }

  /** Whether its values name no zone. */
  public boolean isNaive() {
    return type.equals("timestamp") || type.equals("date");
  }

  /**
   * The beginning of the time's grain: rows may change again with the same time, and are read from
   * there on once more.
   */
  public Instant beginOfGrain(Instant time, PolledTable table) {
    if (type.equals("date")) {
      return time.atZone(table.naiveTimes()).truncatedTo(ChronoUnit.DAYS).toInstant();
    }
    if (scale == null) {
      return time;
    }
    long grain = Math.round(Math.pow(10, 9 - scale));
    return time.minusNanos(Math.floorMod(time.getNano(), grain));
  }

  /** The newest time before the bound; empty when there is no row. */
  public static Optional<Instant> newest(Connection source, PolledTable table, Instant before)
      throws SQLException {
    try (PreparedStatement select =
        source.prepareStatement(
            "SELECT max("
                + PolledTable.MODIFIED
                + ")::timestamptz FROM "
                + table.kind()
                + " WHERE "
                + PolledTable.MODIFIED
                + " < ?::timestamptz AND "
                + PolledTable.MODIFIED
                + " > '1900-01-01'")) {
      select.setObject(1, before.atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
            .map(OffsetDateTime::toInstant);
      }
    }
  }
}
