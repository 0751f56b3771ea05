package vn.phusa.pipelines.io.warehouse.window;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import vn.phusa.pipelines.io.postgres.copy.MicrosText;
import vn.phusa.pipelines.io.warehouse.fact.FactRealtimeSales;

/** The five-minute windows that sales of fact_sales_realtime touched lately. */
public final class RecentlyTouchedWindows {
  private static final String READ =
      String.format(
          Locale.ROOT,
          "SELECT %s FROM fact_sales_realtime s WHERE s.processed_timestamp > ?"
              + " AND s.order_timestamp IS NOT NULL"
              + " UNION SELECT unnest(s.left_windows) FROM fact_sales_realtime s"
              + " WHERE s.processed_timestamp > ?",
          String.format(Locale.ROOT, FactRealtimeSales.WINDOW_START, "s"));

  private RecentlyTouchedWindows() {}

  /**
   * Their starts, microseconds since 1970-01-01 UTC.
   *
   * @param since the database's time, exclusive
   */
  public static List<Long> since(Connection connection, Instant since) throws SQLException {
    List<Long> starts = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      OffsetDateTime time = since.atOffset(ZoneOffset.UTC);
      statement.setObject(1, time);
      statement.setObject(2, time);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          starts.add(MicrosText.of(row.getObject(1, OffsetDateTime.class).toInstant()));
        }
      }
    }
    return starts;
  }
}
