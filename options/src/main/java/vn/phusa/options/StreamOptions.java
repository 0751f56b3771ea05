package vn.phusa.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/**
 * How the event topics are streamed into the warehouse, Kafka and Redis. {@link StreamSettings#of}
 * reads and checks them.
 */
public interface StreamOptions
    extends PhusaOptions,
        WarehouseOptions,
        KafkaOptions,
        RedisOptions,
        WindowOptions,
        HousekeepingOptions {

  @Description("The consumer group whose committed offsets say where a stream continues.")
  @Default.String("phusa")
  String getConsumerGroup();

  void setConsumerGroup(String group);

  @Description(
      "Where a stream begins that has no committed offsets: latest, earliest or an instant"
          + " (2025-03-01T00:00:00Z).")
  @Default.String("latest")
  String getStartPosition();

  void setStartPosition(String position);

  @Description("The topics to read (sales_events,customer_events,...); by default all.")
  String getTopics();

  void setTopics(String names);

  @Description(
      "now: streams up to where the topics end at the start, then ends; by default a stream runs"
          + " until it is stopped.")
  String getUntil();

  void setUntil(String end);

  @Description("How long an event waits at most for others before it is written to the warehouse.")
  @Default.String("PT3S")
  String getWarehouseFlush();

  void setWarehouseFlush(String duration);

  @Description("How long after a sale touched it a window is shown in Redis, open or closed.")
  @Default.String("PT1M")
  String getWindowFlush();

  void setWindowFlush(String duration);
}
