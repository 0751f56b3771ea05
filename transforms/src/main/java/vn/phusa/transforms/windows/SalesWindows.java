package vn.phusa.transforms.windows;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * The five-minute windows of sales, by the time of the order, and how late a sale may come.
 *
 * <p>A sale is too late when the log took its event at the end of its window plus the allowed
 * lateness, or afterwards. Both times come with the event, so the verdict does not depend on how
 * fast anybody reads, on the other partitions, on a restart or on reading it all again; a watermark
 * depends on all of these, and what Beam finds late by it is gone without a word. A sale that is
 * not too late is never dropped, however late it is read.
 */
public final class SalesWindows implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The length of a window; windows begin at whole multiples of it since 1970-01-01 UTC. */
  public static final Duration LENGTH = Duration.ofMinutes(5);

  /** How late a sale may come where nothing else is said. */
  public static final Duration DEFAULT_LATENESS = Duration.ofHours(1);

  private static final long LENGTH_MICROS = LENGTH.toNanos() / 1_000;

  private final long latenessMicros;

  private SalesWindows(long latenessMicros) {
    this.latenessMicros = latenessMicros;
  }

  /**
   * @param lateness how long after its window's end a sale may still come; not negative
   */
  public static SalesWindows withAllowedLateness(Duration lateness) {
    if (lateness.isNegative()) {
      throw new IllegalArgumentException("the allowed lateness is negative: " + lateness);
    }
    return new SalesWindows(
        Math.addExact(
            Math.multiplyExact(lateness.getSeconds(), 1_000_000L), lateness.getNano() / 1_000));
  }

  /** The start of the window that a time lies in; both in microseconds since 1970-01-01 UTC. */
  public static long startOf(long micros) {
    return Math.subtractExact(micros, Math.floorMod(micros, LENGTH_MICROS));
  }

  /** The end of the window, exclusive, that begins then. */
  public static Instant endOf(Instant start) {
    return start.plus(LENGTH);
  }

  /**
   * Whether a sale came too late for its window.
   *
   * @param orderMicros the time of the order, microseconds since 1970-01-01 UTC
   * @param recordedMicros when the log took the event, microseconds since 1970-01-01 UTC
   */
  public boolean isTooLate(long orderMicros, long recordedMicros) {
    long end = startOf(orderMicros) + LENGTH_MICROS;
    // Subtracted, since the sum may be beyond what a long holds ("never too late").
    return recordedMicros - end >= latenessMicros;
  }
}
