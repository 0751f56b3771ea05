package vn.phusa.runners.jobs.stream;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** A stream seen from outside, by what it leaves in Kafka, Redis and the warehouse. */
public interface StreamView extends AutoCloseable {

  /**
   * How far it is.
   *
   * @param sent how many records its topics ever got
   * @param left how many of them it has not committed yet
   */
  record Progress(long sent, long left) {}

  /**
   * A five-minute window's numbers for one platform and region.
   *
   * @param orders order lines, those without an amount too
   * @param revenueVnd whole dong
   */
  record Window(
      Instant start, String platform, String region, long orders, BigDecimal revenueVnd) {}

  /** How far it is at the moment. */
  Progress progress();

  /**
   * The windows that begin then or later, as Redis shows them, by start.
   *
   * @param earliest a whole second
   */
  List<Window> windows(Instant earliest);

  /** The same windows, as the warehouse has them. */
  List<Window> windowsOfWarehouse(Instant earliest) throws SQLException;

  @Override
  void close();
}
