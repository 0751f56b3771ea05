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
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.postgres.Postgres;

/**
 * Up to which time of modification a polled table is complete: no transaction that is still open
 * can bring a row from before it, as long as the application sets {@code last_modified} to its
 * transaction's time or later.
 *
 * @param instant the first microsecond that is not read
 * @param othersVisible whether the role may see when other sessions' transactions began; if not,
 *     only the safety lag protects, and the user is to be warned
 * @param holder what keeps the bound from the present less the safety lag; null: nothing
 * @param heldBack by how much; zero: nothing does
 */
public record UpperBound(
    Instant instant, boolean othersVisible, @Nullable Holder holder, Duration heldBack) {
  private static final String HOLDERS =
      "SELECT held.who, held.since FROM ("
          + "SELECT format('process %s of %s, open', pid,"
          + " coalesce(nullif(application_name, ''), 'an application without a name')) AS who,"
          + " xact_start AS since FROM pg_stat_activity"
          + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
          + " AND backend_type NOT IN ('autovacuum worker', 'walsender')"
          + " AND application_name <> ?"
          + " UNION ALL SELECT format('the prepared transaction %s, prepared', gid), prepared"
          + " FROM pg_prepared_xacts WHERE database = current_database()"
          + " UNION ALL SELECT 'what this replica has replayed, that is up to',"
          + " pg_last_xact_replay_timestamp() WHERE pg_is_in_recovery()) held"
          + " WHERE held.since < ?::timestamptz ORDER BY held.since LIMIT 1";

  /**
   * Who holds the bound back.
   *
   * @param who for a person, e.g. "process 4711 of psql, open"; names no data
   * @param since the bound
   */
  public record Holder(String who, Instant since) {
    @Override
    public String toString() {
      return who + " since " + since;
    }
  }

  /**
   * The least of (now - lag, the start of the oldest open transaction, the oldest prepared one, and
   * on a replica the time of the newest transaction that it replayed).
   *
   * @param source the operational database
   * @throws UnknownBoundException if it is a replica that does not know how far it is
   */
  public static UpperBound of(Connection source, Duration safetyLag)
      throws SQLException, UnknownBoundException {
    Instant now;
    boolean visible;
    try (Statement statement = source.createStatement();
        ResultSet row =
            statement.executeQuery(
                // A transaction's start is published an instant after it was taken: the clock is
                // read first, and the sessions are read a little later.
                "SELECT clock_timestamp(), pg_sleep(0.05),"
                    // A replica does not see the transactions of its primary.
                    + " pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')"
                    + " AND NOT pg_is_in_recovery(),"
                    + " pg_is_in_recovery() AND pg_last_xact_replay_timestamp() IS NULL")) {
      row.next();
      now = row.getObject(1, OffsetDateTime.class).toInstant();
      visible = row.getBoolean(3);
      if (row.getBoolean(4)) {
        throw new UnknownBoundException(
            "it is a replica that has replayed no transaction since it started, so that nobody"
                + " knows how far behind it is; load from its primary, or when it follows again");
      }
    }
    Instant latest = now.minus(safetyLag);
    Holder holder = oldestBefore(source, latest);
    return holder == null
        ? new UpperBound(latest, visible, null, Duration.ZERO)
        : new UpperBound(holder.since(), visible, holder, Duration.between(holder.since(), latest));
  }

  private static @Nullable Holder oldestBefore(Connection source, Instant latest)
      throws SQLException {
    try (PreparedStatement statement = source.prepareStatement(HOLDERS)) {
      statement.setString(1, Postgres.APPLICATION_NAME);
      statement.setObject(2, latest.atOffset(ZoneOffset.UTC));
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? new Holder(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant())
            : null;
      }
    }
  }
}
