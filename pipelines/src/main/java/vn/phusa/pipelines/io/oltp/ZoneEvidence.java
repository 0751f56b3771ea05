package vn.phusa.pipelines.io.oltp;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a source says against naive times in Vietnam's zone, where nobody gave another ({@code
 * --oltpTimeZone}). A load stops at it: watermarks of times that are read in a wrong zone pass over
 * rows for ever.
 *
 * @param column the column of the time of modification
 */
public record ZoneEvidence(ModifiedColumn column) {
  private static final Pattern UTC_DEFAULT =
      Pattern.compile("(?i)'(UTC|Etc/UTC|GMT|Etc/GMT|Z|Zulu)'");

  /** A clock that is wrong by more would be another zone's. */
  private static final Duration MAX_CLOCK_ERROR = Duration.ofMinutes(25);

  /** By which Vietnam is ahead of UTC, but for clocks. */
  private static final Duration MIN_LAG = Duration.ofHours(7).minus(MAX_CLOCK_ERROR);

  /**
   * What speaks against naive times in Vietnam's zone, before anything was loaded: a default in
   * UTC, or times ahead of the source's clock.
   *
   * @return for a person, as the end of a sentence about the column; empty: nothing
   */
  public Optional<String> beforeTheFirstLoad(Connection source, PolledTable table)
      throws SQLException {
    if (!column.type().equals("timestamp")) {
      return Optional.empty();
    }
    if (column.defaultValue() != null && UTC_DEFAULT.matcher(column.defaultValue()).find()) {
      return Optional.of("has a default in UTC");
    }
    try (PreparedStatement select =
        source.prepareStatement(
            "SELECT EXISTS (SELECT FROM "
                + table.kind()
                + " WHERE "
                + PolledTable.MODIFIED
                + " > now() + ?::interval AND "
                + PolledTable.MODIFIED
                + " < now() + interval '1 day')")) {
      select.setString(1, MAX_CLOCK_ERROR.toString());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1)
            ? Optional.of("has times ahead of the database's clock")
            : Optional.empty();
      }
    }
  }

  /**
   * Two loads of a table: the newest time stays behind their bounds by as much as Vietnam's time is
   * ahead of UTC, and rows have appeared behind the first bound. A quiet shop lags too, and a table
   * that is edited by day and loaded by night; but its new rows come after the first bound.
   *
   * @param first what the first load saw
   * @param second what the second may read
   * @param overlap how far behind the first bound is read again: what appears there is not lost
   */
  public boolean lagsAsUtcWould(
      Connection source, PolledTable table, Seen first, Seen second, Duration overlap)
      throws SQLException {
    if (!column.type().equals("timestamp")
        || first.lag().compareTo(MIN_LAG) < 0
        || second.lag().compareTo(MIN_LAG) < 0
        || !second.newest().isAfter(first.newest())) {
      return false;
    }
    try (PreparedStatement select =
        source.prepareStatement(
            "SELECT EXISTS (SELECT FROM "
                + table.kind()
                + " WHERE "
                + PolledTable.MODIFIED
                + " > ?::timestamptz AND "
                + PolledTable.MODIFIED
                + " < ?::timestamptz)")) {
      select.setObject(1, first.newest().atOffset(ZoneOffset.UTC));
      select.setObject(2, first.bound().minus(overlap).atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /**
   * What a load sees of a table.
   *
   * @param bound up to where it reads
   * @param newest the newest time of modification before that
   */
  public record Seen(Instant bound, Instant newest) {
    Duration lag() {
      return Duration.between(newest, bound);
    }
  }
}
