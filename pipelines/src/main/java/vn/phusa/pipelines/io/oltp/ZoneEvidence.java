package vn.phusa.pipelines.io.oltp;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a source says against naive times in Vietnam's zone, where nobody told another ({@code
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

  private static final Duration VIETNAM_OF_UTC = Duration.ofHours(7);

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
   * Two loads of a table: rows changed between them, and yet the newest time lies behind the first
   * load's bound by as much as Vietnam's time is ahead of UTC.
   *
   * @param firstBound up to where the first load read
   * @param firstNewest the newest time that it saw
   * @param bound up to where the second may read
   * @param newest the newest time that it sees
   */
  public boolean lagsAsUtcWould(
      Instant firstBound, Instant firstNewest, Instant bound, Instant newest) {
    Duration least = VIETNAM_OF_UTC.minus(MAX_CLOCK_ERROR);
    Duration between = Duration.between(firstBound, bound);
    return column.type().equals("timestamp")
        && newest.isAfter(firstNewest)
        && Duration.between(firstNewest, firstBound).compareTo(least) >= 0
        && Duration.between(newest, bound).compareTo(least) >= 0
        && Duration.between(newest, bound)
                .compareTo(VIETNAM_OF_UTC.plus(between).plus(MAX_CLOCK_ERROR))
            <= 0;
  }
}
