package vn.phusa.pipelines.io.kafka;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.kafka.source.OffsetRange;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.process.Deadline;

/** A topic of its own for a test. */
public final class TestTopic implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final KafkaAddress address;
  private final String name;
  private final KafkaProducer<byte[], byte[]> producer;

  private TestTopic(KafkaAddress address, String name) {
    this.address = address;
    this.name = name;
    this.producer = KafkaClients.producer(address);
  }

  public static TestTopic create(EmbeddedKafka kafka, String stem, int partitions)
      throws Exception {
    return create(kafka, stem, partitions, Map.of());
  }

  public static TestTopic create(
      EmbeddedKafka kafka, String stem, int partitions, Map<String, String> settings)
      throws Exception {
    KafkaAddress address = new KafkaAddress(kafka.bootstrapServers(), kafka.properties(), null);
    String name = stem + "_" + NUMBER.incrementAndGet();
    try (Admin admin = KafkaClients.admin(address)) {
      admin
          .createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
    return new TestTopic(address, name);
  }

  public KafkaAddress address() {
    return address;
  }

  public String name() {
    return name;
  }

  /** Sends a text and waits until it is there. */
  public void send(int partition, String text) throws Exception {
    send(partition, null, text.getBytes(StandardCharsets.UTF_8));
  }

  public void send(int partition, Long timestampMillis, byte[] value) throws Exception {
    producer
        .send(new ProducerRecord<>(name, partition, timestampMillis, null, value))
        .get(30, TimeUnit.SECONDS);
  }

  /** Sends "first" to "last", one after the other. */
  public void sendNumbers(int partition, int first, int last) {
    sendNumbers(partition, first, last, number -> null);
  }

  /**
   * Sends "first" to "last", one after the other.
   *
   * @param timestampMillis of each; null for the present
   */
  public void sendNumbers(int partition, int first, int last, IntFunction<Long> timestampMillis) {
    for (int i = first; i <= last; i++) {
      byte[] text = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
      var unused =
          producer.send(
              new ProducerRecord<>(name, partition, timestampMillis.apply(i), null, text));
    }
    producer.flush();
  }

  /** Sends a text in a transaction, whose end takes an offset too, and waits for that. */
  public void sendInTransaction(int partition, String text, boolean commit) throws Exception {
    Map<String, Object> settings = address.resolve();
    settings.put("transactional.id", name);
    try (KafkaProducer<byte[], byte[]> sender =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      sender.initTransactions();
      sender.beginTransaction();
      long offset =
          sender
              .send(
                  new ProducerRecord<>(
                      name, partition, null, text.getBytes(StandardCharsets.UTF_8)))
              .get(30, TimeUnit.SECONDS)
              .offset();
      if (commit) {
        sender.commitTransaction();
      } else {
        sender.abortTransaction();
      }
      await()
          .atMost(Deadline.scaled(Duration.ofMinutes(2)))
          .until(() -> ends().get(partition) > offset + 1);
    }
  }

  /** Makes Kafka forget what comes before an offset, as its retention does. */
  void forgetBefore(int partition, long offset) throws Exception {
    try (Admin admin = KafkaClients.admin(address)) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(name, partition), RecordsToDelete.beforeOffset(offset)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  public Map<Integer, Long> ends() {
    try (Consumer<byte[], byte[]> consumer = KafkaClients.consumer(address, null)) {
      Map<Integer, Long> ends = new HashMap<>();
      consumer
          .endOffsets(OffsetRange.partitions(consumer, name, OffsetRange.TIMEOUT))
          .forEach((partition, end) -> ends.put(partition.partition(), end));
      return ends;
    }
  }

  /** The group, as one of a warehouse that all tests have in common. */
  public ConsumerGroup group(String id) {
    return ConsumerGroup.find(address, id, "tests", List.of(name));
  }

  /** What the group has committed; -1 for nothing. */
  public long committed(String group, int partition) {
    OffsetAndMetadata committed = commit(group, partition);
    return committed == null ? -1 : committed.offset();
  }

  /** What the group has committed, and what stands beside it; null for nothing. */
  OffsetAndMetadata commit(String group, int partition) {
    try (Consumer<byte[], byte[]> consumer = KafkaClients.consumer(address, group)) {
      TopicPartition asked = new TopicPartition(name, partition);
      return consumer.committed(Set.of(asked)).get(asked);
    }
  }

  /** Commits for the group, as another program may. */
  void commit(String group, int partition, long offset, String metadata) {
    try (Consumer<byte[], byte[]> consumer = KafkaClients.consumer(address, group)) {
      consumer.commitSync(
          Map.of(new TopicPartition(name, partition), new OffsetAndMetadata(offset, metadata)));
    }
  }

  /** All records of the topic as it is now. */
  public List<ConsumerRecord<byte[], byte[]>> records() {
    try (Consumer<byte[], byte[]> consumer = KafkaClients.consumer(address, null)) {
      List<TopicPartition> partitions = OffsetRange.partitions(consumer, name, OffsetRange.TIMEOUT);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("the topic could not be read in time");
        }
        consumer.poll(java.time.Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
