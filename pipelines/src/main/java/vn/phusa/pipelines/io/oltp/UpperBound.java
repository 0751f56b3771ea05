package vn.phusa.pipelines.io.oltp;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import vn.phusa.pipelines.io.postgres.Postgres;

/**
 * Up to which time of modification a polled table is complete: no transaction that is still open
 * can bring a row from before it, as long as the application sets {@code last_modified} to its
 * transaction's time or later.
 *
 * @param instant the first microsecond that is not read
 * @param othersVisible whether the role may see when other sessions' transactions began; if not,
 *     only the safety lag protects, and the user is to be told
 */
public record UpperBound(Instant instant, boolean othersVisible) {

  /**
   * The least of (now - lag, the start of the oldest open transaction, the oldest prepared one).
   *
   * @param source the operational database
   */
  public static UpperBound of(Connection source, Duration safetyLag) throws SQLException {
    Instant now;
    boolean visible;
    try (Statement statement = source.createStatement();
        ResultSet row =
            statement.executeQuery(
                // A transaction's start is published an instant after it was taken: the clock is
                // read first, and the sessions are looked at a little later.
                "SELECT clock_timestamp(), pg_sleep(0.05),"
                    // A replica does not see the transactions of its primary.
                    + " pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')"
                    + " AND NOT pg_is_in_recovery()")) {
      row.next();
      now = row.getObject(1, OffsetDateTime.class).toInstant();
      visible = row.getBoolean(3);
    }
    OffsetDateTime latest = now.minus(safetyLag).atOffset(ZoneOffset.UTC);
    try (PreparedStatement statement =
        source.prepareStatement(
            "SELECT least(?::timestamptz, (SELECT min(xact_start) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                + " AND backend_type NOT IN ('autovacuum worker', 'walsender')"
                + " AND application_name <> ?),"
                + " CASE WHEN pg_is_in_recovery() THEN pg_last_xact_replay_timestamp() END,"
                + " (SELECT min(prepared) FROM pg_prepared_xacts"
                + " WHERE database = current_database()))")) {
      statement.setObject(1, latest);
      statement.setString(2, Postgres.APPLICATION_NAME);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new UpperBound(row.getObject(1, OffsetDateTime.class).toInstant(), visible);
      }
    }
  }
}
