package vn.phusa.pipelines.io.warehouse.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.checkerframework.checker.nullness.qual.Nullable;

/** How far each source has been read: etl_watermark. */
public final class Watermarks {

  /** Always six digits: the text then sorts as the time does. */
  private static final DateTimeFormatter POSITION =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Clocks differ a little; a position of tomorrow was written by hand. */
  private static final Duration MAX_AHEAD = Duration.ofDays(1);

  private final DataSource warehouse;

  public Watermarks(DataSource warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Up to where the source was read and written; empty when it never was.
   *
   * @param source the system, "oltp"
   * @param kind what is read from it, "orders"
   * @throws DamagedWatermarkException if the position is no time, or one that lies ahead
   */
  public Optional<Instant> get(String source, String kind) throws SQLException {
    try (Connection connection = warehouse.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT position, clock_timestamp() FROM etl_watermark"
                    + " WHERE source = ? AND kind = ?")) {
      select.setString(1, source);
      select.setString(2, kind);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        Instant now = row.getObject(2, OffsetDateTime.class).toInstant();
        return Optional.of(position(source, kind, row.getString(1), now));
      }
    }
  }

  /**
   * Up to where a source's table was read and written.
   *
   * @param position as it is stored
   * @param heldBy who kept the last load from reading up to the present; null: nobody
   */
  public record Watermark(String source, String kind, String position, @Nullable String heldBy) {}

  /** All of them, by source and kind. */
  public List<Watermark> all() throws SQLException {
    List<Watermark> all = new ArrayList<>();
    try (Connection connection = warehouse.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT source, kind, position, held_by FROM etl_watermark ORDER BY source, kind");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        all.add(
            new Watermark(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
      }
    }
    return List.copyOf(all);
  }

  private static Instant position(String source, String kind, String text, Instant now) {
    Instant position;
    try {
      position = Instant.parse(text);
    } catch (DateTimeException e) {
      throw new DamagedWatermarkException(source, kind, text, "is no time");
    }
    if (position.isAfter(now.plus(MAX_AHEAD))) {
      throw new DamagedWatermarkException(source, kind, text, "lies ahead: nothing would be read");
    }
    return position;
  }

  /**
   * The newest time of modification that the last load of the table saw; empty when none is known.
   */
  public Optional<Instant> newest(String source, String kind) throws SQLException {
    try (Connection connection = warehouse.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT newest FROM etl_watermark WHERE source = ? AND kind = ?")) {
      select.setString(1, source);
      select.setString(2, kind);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant)
            : Optional.empty();
      }
    }
  }

  /**
   * Writes down what a load saw beside its position; to be called after {@link #advance}.
   *
   * @param heldBy who kept it from reading up to the present; null: nobody
   * @param newest the newest time of modification; null: none
   */
  public void saw(String source, String kind, @Nullable String heldBy, @Nullable Instant newest)
      throws SQLException {
    try (Connection connection = warehouse.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE etl_watermark SET held_by = ?, newest = ?"
                    + " WHERE source = ? AND kind = ?")) {
      update.setString(1, heldBy);
      update.setObject(2, newest == null ? null : newest.atOffset(ZoneOffset.UTC));
      update.setString(3, source);
      update.setString(4, kind);
      update.executeUpdate();
    }
  }

  /**
   * Moves the watermark forward. To be called after what was read has been committed. A position
   * that is not later than the present one changes nothing.
   *
   * @param position cut to microseconds
   * @return whether it moved
   */
  public boolean advance(String source, String kind, Instant position) throws SQLException {
    try (Connection connection = warehouse.getConnection();
        PreparedStatement upsert =
            connection.prepareStatement(
                "INSERT INTO etl_watermark AS w (source, kind, position, updated_at)"
                    + " VALUES (?, ?, ?, clock_timestamp())"
                    + " ON CONFLICT (source, kind) DO UPDATE"
                    + " SET position = excluded.position, updated_at = excluded.updated_at"
                    + " WHERE w.position::timestamptz < excluded.position::timestamptz")) {
      upsert.setString(1, source);
      upsert.setString(2, kind);
      upsert.setString(3, POSITION.format(position.truncatedTo(ChronoUnit.MICROS)));
      return upsert.executeUpdate() == 1;
    }
  }
}
