package vn.phusa.runners.cli.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import vn.phusa.runners.embedded.EmbeddedKafka;

/** Records in an order that is none, some of them twice. */
final class ShuffledTopics {
  private static final double DUPLICATES = 0.05;
  private static final long ANSWER_SECONDS = 60;

  private static final Map<String, Integer> PARTITIONS =
      Map.ofEntries(
          Map.entry("sales_events", 6),
          Map.entry("customer_events", 3),
          Map.entry("inventory_events", 4),
          Map.entry("cdc_orders", 3),
          Map.entry("cdc_customers", 3),
          Map.entry("cdc_products", 3),
          Map.entry("cdc_transactions", 3),
          Map.entry("sales_processed", 6),
          Map.entry("dead_letters", 3));

  private ShuffledTopics() {}

  /** All topics that a stream reads and writes, where they are not there. */
  static void create(EmbeddedKafka kafka) {
    PARTITIONS.forEach((topic, number) -> kafka.createTopic(topic, number, Duration.ofDays(7)));
  }

  /** Each record at least once, and 5 in 100 twice, in random order. */
  static List<ProducerRecord<byte[], byte[]>> shuffled(
      List<ProducerRecord<byte[], byte[]>> records, Random random) {
    List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>(records);
    for (ProducerRecord<byte[], byte[]> record : records) {
      if (random.nextDouble() < DUPLICATES) {
        all.add(record);
      }
    }
    Collections.shuffle(all, random);
    return all;
  }

  /**
   * Sends the records in their order; returns when all are in Kafka.
   *
   * @param least the record time of those that have none
   */
  static void send(EmbeddedKafka kafka, List<ProducerRecord<byte[], byte[]>> records, Instant least)
      throws Exception {
    Map<String, Object> settings = kafka.clientSettings();
    settings.put("acks", "all");
    settings.put("linger.ms", 20);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (ProducerRecord<byte[], byte[]> record : records) {
        long time = record.timestamp() == null ? least.toEpochMilli() : record.timestamp();
        sent.add(
            producer.send(
                new ProducerRecord<>(record.topic(), null, time, record.key(), record.value())));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get(ANSWER_SECONDS, TimeUnit.SECONDS);
      }
    }
  }
}
