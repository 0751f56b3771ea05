package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import redis.clients.jedis.Jedis;
import vn.phusa.options.address.SecretReference;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.samples.SampleEvent;

/**
 * Topics, a warehouse and a Redis, and the command line between them. The topics are shared with
 * other tests: a world sees of them what was sent after it was made.
 */
public final class StreamWorld implements AutoCloseable {
  public static final List<String> READ =
      List.of(
          "sales_events",
          "customer_events",
          "inventory_events",
          "cdc_customers",
          "cdc_products",
          "cdc_orders",
          "cdc_transactions");

  private static final List<String> WRITTEN = List.of("sales_processed", "dead_letters");
  private static final Duration TIMEOUT = Deadline.scaled(Duration.ofMinutes(2));

  private final EmbeddedKafka kafka;
  private final EmbeddedRedis redis;
  private final ShopAndWarehouse databases;
  private final String group;
  private final Map<String, Map<TopicPartition, Long>> beginnings = new HashMap<>();
  private final KafkaProducer<byte[], byte[]> producer;

  private StreamWorld(
      EmbeddedKafka kafka, EmbeddedRedis redis, ShopAndWarehouse databases, String group) {
    this.kafka = kafka;
    this.redis = redis;
    this.databases = databases;
    this.group = group;
    this.producer =
        new KafkaProducer<>(
            kafka.clientSettings(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Makes one.
   *
   * @param name of the consumer group, and of the databases
   */
  public static StreamWorld of(
      EmbeddedKafka kafka, EmbeddedRedis redis, EmbeddedPostgres postgres, String name)
      throws Exception {
    READ.forEach(topic -> kafka.createTopic(topic, 2, Duration.ofDays(1)));
    WRITTEN.forEach(topic -> kafka.createTopic(topic, 2, Duration.ofDays(1)));
    ShopAndWarehouse databases = ShopAndWarehouse.in(postgres, name);
    assertThat(databases.onWarehouse("migrate").code()).isZero();
    try (Jedis jedis = new Jedis(redis.uri())) {
      jedis.flushDB();
    }
    StreamWorld world = new StreamWorld(kafka, redis, databases, name);
    world.beginHere();
    return world;
  }

  /** What the group has not committed before begins where the topics end now. */
  private void beginHere() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      for (String topic : READ) {
        Map<TopicPartition, Long> ends = ends(consumer, topic);
        consumer.commitSync(
            ends.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey, end -> new OffsetAndMetadata(end.getValue()))));
        beginnings.put(topic, ends);
      }
      WRITTEN.forEach(topic -> beginnings.put(topic, ends(consumer, topic)));
    }
  }

  public EmbeddedKafka kafka() {
    return kafka;
  }

  public ShopAndWarehouse databases() {
    return databases;
  }

  public Jedis redis() {
    return new Jedis(redis.uri());
  }

  public void send(SampleEvent event) {
    send(event.topic(), event.key(), event.value(), event.sentAt());
  }

  public RecordMetadata send(String topic, byte[] key, byte[] value, Instant at) {
    Future<RecordMetadata> sent =
        producer.send(
            new ProducerRecord<>(topic, null, at == null ? null : at.toEpochMilli(), key, value));
    try {
      return sent.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("not sent", e);
    }
  }

  public void sendText(String topic, String key, String value) {
    send(topic, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8), null);
  }

  /** Makes Kafka forget a record and those before it, as its retention does. */
  public void forget(String topic, int partition, long offset) throws Exception {
    Map<TopicPartition, RecordsToDelete> all =
        Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset + 1));
    try (Admin admin = Admin.create(kafka.clientSettings())) {
      admin.deleteRecords(all).all().get();
    }
  }

  /** The words of a stream, for a process of its own too. */
  public List<String> arguments(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(databases.warehouseArguments());
    arguments.add("--kafkaBootstrapServers=" + kafka.bootstrapServers());
    arguments.add("--kafkaProperties=" + kafka.propertiesFile());
    arguments.add("--redisUri=" + redis.address());
    arguments.add("--redisPassword=" + SecretReference.toFile(redis.passwordFile()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** A stream up to the present, with its group. */
  public ShopAndWarehouse.Ended streamUntilNow(String... more) {
    List<String> arguments = arguments("stream", more);
    arguments.add("--consumerGroup=" + group);
    arguments.add("--until=now");
    return ShopAndWarehouse.run(arguments.toArray(new String[0]));
  }

  /** The records of a topic that came since the world was made. */
  public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      Map<TopicPartition, Long> ends = ends(consumer, topic);
      consumer.assign(ends.keySet());
      beginnings.get(topic).forEach(consumer::seek);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      Instant deadline = Instant.now().plus(TIMEOUT);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        assertThat(Instant.now()).as("the end of waiting for " + topic).isBefore(deadline);
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  /** The last value of each key of a topic. */
  public Map<String, String> lastValues(String topic) {
    Map<String, String> last = new TreeMap<>();
    records(topic)
        .forEach(
            record ->
                last.put(
                    new String(record.key(), StandardCharsets.UTF_8),
                    new String(record.value(), StandardCharsets.UTF_8)));
    return last;
  }

  /** How many records of a topic the group has still to read. */
  public long lag(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      Map<TopicPartition, Long> ends = ends(consumer, topic);
      Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(ends.keySet());
      return ends.entrySet().stream()
          .mapToLong(e -> e.getValue() - Objects.requireNonNull(committed.get(e.getKey())).offset())
          .sum();
    }
  }

  /** Name and fields of every window that Redis shows, but for when it was written. */
  public Map<String, Map<String, String>> windows() {
    try (Jedis jedis = redis()) {
      Map<String, Map<String, String>> windows = new TreeMap<>();
      for (String key : jedis.keys("sales:5m:2*")) {
        Map<String, String> fields = new TreeMap<>(jedis.hgetAll(key));
        fields.remove("updated_at");
        windows.put(key, fields);
      }
      return windows;
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = kafka.clientSettings();
    settings.put("group.id", group);
    settings.put("enable.auto.commit", false);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Map<TopicPartition, Long> ends(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    return consumer.endOffsets(
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList());
  }

  @Override
  public void close() throws Exception {
    producer.close();
    databases.close();
  }
}
