package vn.phusa.pipelines.io.kafka;

import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.waiting.AnswerTimeout;

/**
 * Opens clients of an address, with keys and values as bytes so that none of them can refuse a
 * record. Secrets are resolved here, on the machine that connects; the caller closes the client.
 */
public final class KafkaClients {
  private static final int MAX_FETCH_BYTES = 4 << 20;
  private static final int MAX_METADATA_AGE_MILLIS = 10_000;

  private KafkaClients() {}

  /**
   * A consumer that is assigned its partitions, commits when asked to, and sees no record of an
   * aborted or open transaction.
   *
   * @param group null: it commits nothing
   */
  public static KafkaConsumer<byte[], byte[]> consumer(
      KafkaAddress address, @Nullable String group) {
    Map<String, Object> settings = limited(KafkaTls.settings(address));
    settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, atMost(60_000, 1));
    if (group != null) {
      settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    }
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // Only for offsets that the topic no longer has: what is left is read.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    // A reader looks for new partitions as often; Kafka's own default is five minutes.
    settings.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, MAX_METADATA_AGE_MILLIS);
    settings.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_FETCH_BYTES);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A producer whose records are in Kafka once each, on all replicas, before they count. */
  public static KafkaProducer<byte[], byte[]> producer(KafkaAddress address) {
    Map<String, Object> settings = limited(KafkaTls.settings(address));
    settings.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, atMost(120_000, 1));
    settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, atMost(60_000, 1));
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    settings.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 16 << 20);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  public static Admin admin(KafkaAddress address) {
    Map<String, Object> settings = limited(KafkaTls.settings(address));
    settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, atMost(60_000, 1));
    return LimitedAdmin.of(settings);
  }

  /** A broker that says nothing is asked anew, on another connection, well within the timeout. */
  private static Map<String, Object> limited(Map<String, Object> settings) {
    settings.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, atMost(30_000, 3));
    return settings;
  }

  /** Kafka's own default, or a part of the timeout where that is less. */
  private static int atMost(int millis, int parts) {
    return (int) Math.min(millis, Math.max(1_000, AnswerTimeout.limit().toMillis() / parts));
  }
}
