package vn.phusa.runners.cli.demo;

import java.time.Duration;
import java.util.List;
import vn.phusa.runners.embedded.EmbeddedKafka;

/** The topics that an installation makes before the first event; the embedded Kafka has them. */
public final class TopicLayout {
  private static final Duration A_WEEK = Duration.ofDays(7);

  private static final List<Topic> ALL =
      List.of(
          new Topic("sales_events", 6, A_WEEK),
          new Topic("customer_events", 3, Duration.ofDays(30)),
          new Topic("inventory_events", 4, Duration.ofDays(14)),
          new Topic("cdc_orders", 3, A_WEEK),
          new Topic("cdc_customers", 3, A_WEEK),
          new Topic("cdc_products", 3, A_WEEK),
          new Topic("cdc_transactions", 3, A_WEEK),
          new Topic("sales_processed", 6, A_WEEK),
          new Topic("data_quality_alerts", 1, A_WEEK),
          new Topic("etl_alerts", 1, A_WEEK),
          new Topic("dead_letters", 3, A_WEEK));

  private TopicLayout() {}

  /**
   * A topic as it is made.
   *
   * @param retention how long its records are kept
   */
  public record Topic(String name, int partitions, Duration retention) {}

  /** All of them. */
  public static List<Topic> all() {
    return ALL;
  }

  /** Makes those that are not there. */
  static void create(EmbeddedKafka kafka) {
    ALL.forEach(topic -> kafka.createTopic(topic.name(), topic.partitions(), topic.retention()));
  }
}
