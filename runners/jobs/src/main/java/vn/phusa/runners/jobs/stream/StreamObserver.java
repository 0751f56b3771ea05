package vn.phusa.runners.jobs.stream;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import vn.phusa.options.StreamSettings;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.StreamEvents;
import vn.phusa.pipelines.io.kafka.offsets.ConsumerLag;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.redis.WindowBoard;

/** What a stream leaves in real services. */
final class StreamObserver implements StreamView {
  private final ConsumerLag group;
  private final WindowBoard board;
  private final DatabaseAddress warehouse;

  private StreamObserver(ConsumerLag group, WindowBoard board, DatabaseAddress warehouse) {
    this.group = group;
    this.board = board;
    this.warehouse = warehouse;
  }

  static StreamObserver of(StreamSetup setup) {
    StreamSettings settings = setup.settings();
    ConsumerLag group =
        ConsumerLag.of(setup.kafka(), settings.consumerGroup(), StreamEvents.topics(settings));
    try {
      return new StreamObserver(group, WindowBoard.of(setup.redis()), setup.warehouse());
    } catch (RuntimeException e) {
      group.close();
      throw e;
    }
  }

  @Override
  public Progress progress() {
    ConsumerLag.Progress progress = group.poll();
    return new Progress(progress.sent(), progress.left());
  }

  @Override
  public List<Window> windows(Instant earliest) {
    return board.since(earliest).stream()
        .map(w -> new Window(w.start(), w.platform(), w.region(), w.orders(), w.revenueVnd()))
        .toList();
  }

  @Override
  public List<Window> windowsOfWarehouse(Instant earliest) throws SQLException {
    List<Window> windows = new ArrayList<>();
    try (Connection connection = Postgres.open(warehouse);
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT window_start, platform, region, order_count, total_revenue_vnd"
                    + " FROM sales_window WHERE window_start >= ?"
                    + " ORDER BY window_start, platform, region")) {
      select.setObject(1, earliest.atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          windows.add(
              new Window(
                  row.getObject(1, OffsetDateTime.class).toInstant(),
                  row.getString(2),
                  row.getString(3),
                  row.getLong(4),
                  row.getBigDecimal(5)));
        }
      }
    }
    return windows;
  }

  @Override
  public void close() {
    group.close();
    board.close();
  }
}
