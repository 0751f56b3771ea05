package vn.phusa.pipelines.io.warehouse.deadletter;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.model.SourcePosition;

/**
 * The lifecycle of dead letters that are sent through again: {@code waiting}, then {@code
 * replaying}, then {@code replayed}; a dead letter that is rejected again waits again, under the
 * same id. One that nothing waits for any more is {@code resolved} ({@link ResolvedDeadLetters}).
 *
 * <p>A dead letter is {@code replaying} before it is sent, which raises its attempts, and {@code
 * replayed} once it was sent: one that was rejected in between is left waiting, and one whose
 * replay was interrupted is found by the next. What is sent twice changes nothing, as all sinks
 * absorb repeats.
 */
public final class DeadLetterStore {

  private static final String SELECTED =
      " FROM dead_letter WHERE status IN ('waiting', 'replaying')"
          + " AND (?::text IS NULL OR stage = ?) AND (?::text IS NULL OR reason = ?)"
          + " AND (?::timestamptz IS NULL OR seen_at >= ?)"
          + " AND (?::timestamptz IS NULL OR seen_at < ?)";

  private final DataSource warehouse;

  public DeadLetterStore(DataSource warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Which dead letters; null where all are meant.
   *
   * @param stage the step that rejected them
   * @param reason why, the machine-readable word
   * @param from when they were last met, inclusive
   * @param to when they were last met, exclusive
   */
  public record Selection(
      @Nullable String stage,
      @Nullable String reason,
      @Nullable Instant from,
      @Nullable Instant to) {

    /** Every dead letter that waits. */
    public static Selection all() {
      return new Selection(null, null, null, null);
    }
  }

  /** How many selected dead letters wait. */
  public long count(Selection selection) throws SQLException {
    try (Connection connection = warehouse.getConnection();
        PreparedStatement statement = connection.prepareStatement("SELECT count(*)" + SELECTED)) {
      bind(statement, selection);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * How many dead letters of a stage and reason wait.
   *
   * @param count all of them
   * @param replaying those of them that a replay sends, or did not finish when it was interrupted
   */
  public record Waiting(String stage, String reason, long count, long replaying) {}

  /** Those that wait, by stage and reason, the most first. */
  public List<Waiting> waiting() throws SQLException {
    List<Waiting> waiting = new ArrayList<>();
    try (Connection connection = warehouse.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT stage, reason, count(*), count(*) FILTER (WHERE status = 'replaying')"
                    + " FROM dead_letter WHERE status IN ('waiting', 'replaying')"
                    + " GROUP BY stage, reason ORDER BY count(*) DESC, stage, reason");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        waiting.add(
            new Waiting(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)));
      }
    }
    return List.copyOf(waiting);
  }

  /**
   * A dead letter without its payload and error.
   *
   * @param position where in its source the record stands
   */
  public record Headline(String id, Stage stage, String source, SourcePosition position) {}

  /**
   * Some of the selected dead letters that wait, by their ids, without errors and payloads, which
   * may be large.
   *
   * @param after the id after which to continue; null for the first
   * @param most how many at most
   */
  public List<Headline> headlines(Selection selection, @Nullable String after, int most)
      throws SQLException {
    List<Headline> headlines = new ArrayList<>();
    try (Connection connection = warehouse.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT id, stage, coalesce(source, ''), coalesce(position, '')"
                    + SELECTED
                    + " AND (?::text IS NULL OR id > ?) ORDER BY id LIMIT ?")) {
      int next = bind(statement, selection);
      statement.setString(next, after);
      statement.setString(next + 1, after);
      statement.setInt(next + 2, most);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          headlines.add(
              new Headline(
                  row.getString(1),
                  Stage.stored(row.getString(2)),
                  row.getString(3),
                  new SourcePosition(row.getString(4))));
        }
      }
    }
    return headlines;
  }

  /** Which of these dead letters wait, since they were rejected again. */
  public Set<String> waitingAgain(Collection<String> ids) throws SQLException {
    Set<String> again = new HashSet<>();
    try (Connection connection = warehouse.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT id FROM dead_letter WHERE status = 'waiting' AND id = ANY (?)")) {
      Array array = connection.createArrayOf("text", ids.toArray());
      statement.setArray(1, array);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          again.add(row.getString(1));
        }
      }
      array.free();
    }
    return again;
  }

  /**
   * Removes dead letters that were last met before a time, whatever their status.
   *
   * @param most how many at most, in one statement
   * @return how many
   */
  public static int removeSeenBefore(Connection connection, OffsetDateTime limit, int most)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM dead_letter WHERE id = ANY (ARRAY("
                + "SELECT id FROM dead_letter WHERE seen_at < ? LIMIT ?))")) {
      delete.setObject(1, limit);
      delete.setInt(2, most);
      return delete.executeUpdate();
    }
  }

  /** Marks dead letters as replaying, before they are sent: each counts one more attempt. */
  public void begin(Collection<String> ids) throws SQLException {
    update(
        "UPDATE dead_letter SET status = 'replaying', attempts = attempts + 1, replayed_at = now()"
            + " WHERE id = ANY (?)",
        ids);
  }

  /** Marks dead letters as replayed once they were sent, except those rejected again meanwhile. */
  public void end(Collection<String> ids) throws SQLException {
    update(
        "UPDATE dead_letter SET status = 'replayed' WHERE status = 'replaying' AND id = ANY (?)",
        ids);
  }

  private void update(String sql, Collection<String> ids) throws SQLException {
    try (Connection connection = warehouse.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      Array array = connection.createArrayOf("text", ids.toArray());
      statement.setArray(1, array);
      statement.executeUpdate();
      array.free();
    }
  }

  /** Returns the number of the next parameter. */
  private static int bind(PreparedStatement statement, Selection selection) throws SQLException {
    int next = 1;
    for (String text : new String[] {selection.stage(), selection.reason()}) {
      statement.setString(next++, text);
      statement.setString(next++, text);
    }
    for (Instant time : new Instant[] {selection.from(), selection.to()}) {
      Object value = time == null ? null : time.atOffset(ZoneOffset.UTC);
      statement.setObject(next++, value, Types.TIMESTAMP_WITH_TIMEZONE);
      statement.setObject(next++, value, Types.TIMESTAMP_WITH_TIMEZONE);
    }
    return next;
  }
}
