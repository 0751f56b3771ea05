package vn.phusa.pipelines.io.kafka;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.waiting.AnswerTimeout;
import vn.phusa.pipelines.io.waiting.NoAnswerException;

/**
 * Notices that nothing comes from Kafka any more while a reader polls: not even the answer that
 * there are no records, which a broker gives twice a second. It is reported, and, where the read
 * has an end, has a limit; one without waits on.
 */
public final class BrokerLiveness {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerLiveness.class);
  private static final long POLL_MILLIS = 1_000;

  /** A reader that was not asked to poll for longer could hear nothing. */
  private static final long MAX_PAUSE_MILLIS = 5_000;

  private static final long REPORT_MILLIS = AnswerTimeout.REPORT_AFTER.toMillis();

  /** Of all readers of the JVM, by its clock: one of them reports for all. */
  private static final AtomicLong LAST_REPORT = new AtomicLong(Long.MIN_VALUE / 2);

  private final Consumer<?, ?> consumer;
  private final @Nullable Duration limit;
  private @Nullable Metric received;
  private double heard = -1;
  private long heardAt;
  private long checkedAt;
  private long reportAfter = REPORT_MILLIS;

  /**
   * @param limit how long it may last; null: for ever
   */
  public BrokerLiveness(Consumer<?, ?> consumer, @Nullable Duration limit) {
    this.consumer = consumer;
    this.limit = limit;
  }

  /**
   * To be called after each poll that brought nothing.
   *
   * @throws NoAnswerException at the limit
   */
  public void check(long now) throws NoAnswerException {
    if (now - checkedAt < POLL_MILLIS) {
      return;
    }
    double bytes = bytes();
    if (bytes != heard || now - checkedAt > MAX_PAUSE_MILLIS) {
      if (reportAfter > REPORT_MILLIS) {
        LOG.info("Kafka went on after {} s", (now - heardAt) / 1_000);
        reportAfter = REPORT_MILLIS;
      }
      heard = bytes;
      heardAt = now;
    }
    checkedAt = now;
    long silence = now - heardAt;
    if (silence >= reportAfter) {
      reportAfter *= 2;
      report(silence, now);
    }
    if (limit != null && silence > limit.toMillis()) {
      throw new NoAnswerException("Kafka did not answer for " + silence / 1_000 + " s", null);
    }
  }

  private static void report(long silence, long now) {
    long before = LAST_REPORT.get();
    if (now - before > REPORT_MILLIS / 2 && LAST_REPORT.compareAndSet(before, now)) {
      LOG.warn("waiting for Kafka for {} s", silence / 1_000);
    }
  }

  private double bytes() {
    if (received == null) {
      received =
          consumer.metrics().entrySet().stream()
              .filter(
                  metric ->
                      metric.getKey().name().equals("incoming-byte-total")
                          && metric.getKey().group().equals("consumer-metrics"))
              .map(metric -> (Metric) metric.getValue())
              .findFirst()
              .orElse(null);
    }
    return received == null ? heard + 1 : ((Number) received.metricValue()).doubleValue();
  }
}
