package vn.phusa.pipelines.io.warehouse.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

/** How far each source has been read: etl_watermark. */
public final class Watermarks {

  /** Always six digits: the text then sorts as the time does. */
  private static final DateTimeFormatter POSITION =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final DataSource warehouse;

  public Watermarks(DataSource warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Up to where the source was read and written; empty when it never was.
   *
   * @param source the system, "oltp"
   * @param kind what is read from it, "orders"
   */
  public Optional<Instant> get(String source, String kind) throws SQLException {
    try (Connection connection = warehouse.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT position FROM etl_watermark WHERE source = ? AND kind = ?")) {
      select.setString(1, source);
      select.setString(2, kind);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(Instant.parse(row.getString(1))) : Optional.empty();
      }
    }
  }

  /** Up to where a source's table was read and written; the position as it is stored. */
  public record Watermark(String source, String kind, String position) {}

  /** All of them, by source and kind. */
  public List<Watermark> all() throws SQLException {
    List<Watermark> all = new ArrayList<>();
    try (Connection connection = warehouse.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT source, kind, position FROM etl_watermark ORDER BY source, kind");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        all.add(new Watermark(row.getString(1), row.getString(2), row.getString(3)));
      }
    }
    return List.copyOf(all);
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
