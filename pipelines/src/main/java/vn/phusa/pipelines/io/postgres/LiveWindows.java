package vn.phusa.pipelines.io.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import vn.phusa.options.DatabaseAddress;

/**
 * The five-minute windows that are to be shown again whatever the stream remembers: at its start
 * all that sales touched within the windows' time to live, then regularly those touched lately.
 *
 * <p>So a start without any state shows every window right, and so does the stream after a Redis
 * that came back without its last second.
 */
public final class LiveWindows extends PTransform<PBegin, PCollection<Long>> {
  private static final long serialVersionUID = 1L;

  /** How often those touched lately are shown again. */
  private static final Duration PERIOD = Duration.ofMinutes(10);

  private final DatabaseAddress warehouse;
  private final Duration timeToLive;
  private final boolean onlyAtStart;

  private LiveWindows(DatabaseAddress warehouse, Duration timeToLive, boolean onlyAtStart) {
    this.warehouse = warehouse;
    this.timeToLive = timeToLive;
    this.onlyAtStart = onlyAtStart;
  }

  /**
   * @param timeToLive how long a window is shown after it was written
   */
  public static LiveWindows of(DatabaseAddress warehouse, Duration timeToLive) {
    return new LiveWindows(warehouse, timeToLive, false);
  }

  /** Only those of the start: what is emitted is bounded. */
  public LiveWindows onlyAtStart() {
    return new LiveWindows(warehouse, timeToLive, true);
  }

  @Override
  public PCollection<Long> expand(PBegin begin) {
    GenerateSequence ticks =
        onlyAtStart
            ? GenerateSequence.from(0).to(1)
            : GenerateSequence.from(0)
                .withRate(1, org.joda.time.Duration.millis(PERIOD.toMillis()));
    return begin
        .apply("Now and then", ticks)
        .apply("Read their starts", ParDo.of(new LiveWindowsFn(warehouse, timeToLive)))
        .setCoder(VarLongCoder.of());
  }

  static final class LiveWindowsFn extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;

    private final DatabaseAddress warehouse;
    private final Duration timeToLive;

    LiveWindowsFn(DatabaseAddress warehouse, Duration timeToLive) {
      this.warehouse = warehouse;
      this.timeToLive = timeToLive;
    }

    @ProcessElement
    public void process(@Element Long tick, OutputReceiver<Long> out) throws SQLException {
      Duration back = tick == 0 ? timeToLive : PERIOD.multipliedBy(2);
      try (RetriedQueries queries = new RetriedQueries(warehouse)) {
        queries.ask(connection -> touchedWithin(connection, back)).forEach(out::output);
      }
    }

    private static List<Long> touchedWithin(Connection connection, Duration back)
        throws SQLException {
      List<Long> starts = new ArrayList<>();
      try (PreparedStatement statement =
          connection.prepareStatement(
              ("SELECT %s FROM fact_sales_realtime s WHERE s.processed_timestamp > now() - ?::interval"
                      + " AND s.order_timestamp IS NOT NULL"
                      + " UNION SELECT unnest(s.left_windows) FROM fact_sales_realtime s"
                      + " WHERE s.processed_timestamp > now() - ?::interval")
                  .formatted(FactRealtimeSales.WINDOW_START.formatted("s")))) {
        statement.setString(1, back.toString());
        statement.setString(2, back.toString());
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            starts.add(MicrosText.of(row.getObject(1, OffsetDateTime.class).toInstant()));
          }
        }
      }
      return starts;
    }
  }
}
