package vn.phusa.pipelines.io.kafka.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.kafka.KafkaClients;
import vn.phusa.transforms.model.TopicRecord;

/** Reads single records of a topic again, by where they stand. For one thread. */
public final class RecordLookup implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaConsumer<byte[], byte[]> consumer;

  public RecordLookup(KafkaAddress address) {
    this.consumer = KafkaClients.consumer(address, null);
  }

  /**
   * The records that stand there, by position; those that the topic no longer has are left out.
   *
   * @param offsets by partition
   * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
   */
  public Map<String, TopicRecord> read(String topic, Map<Integer, Set<Long>> offsets) {
    Map<String, TopicRecord> found = new HashMap<>();
    Set<Integer> known =
        consumer.partitionsFor(topic).stream().map(p -> p.partition()).collect(Collectors.toSet());
    offsets.forEach(
        (partition, wanted) -> {
          if (known.contains(partition)) {
            readPartition(new TopicPartition(topic, partition), new TreeSet<>(wanted), found);
          }
        });
    return found;
  }

  private void readPartition(
      TopicPartition partition, TreeSet<Long> wanted, Map<String, TopicRecord> found) {
    Set<TopicPartition> one = Set.of(partition);
    long first = Objects.requireNonNull(consumer.beginningOffsets(one).get(partition));
    long end = Objects.requireNonNull(consumer.endOffsets(one).get(partition));
    consumer.assign(one);
    Long next = wanted.ceiling(first);
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (next != null && next < end) {
      if (consumer.position(partition) != next) {
        consumer.seek(partition, next);
      }
      long reached = poll(partition, wanted, found);
      if (reached > next) {
        deadline = System.nanoTime() + TIMEOUT.toNanos();
        next = wanted.ceiling(reached);
      } else if (System.nanoTime() > deadline) {
        throw new org.apache.kafka.common.errors.TimeoutException(
            "no record of " + partition + " came in time");
      }
    }
  }

  /** Returns the offset up to which the partition is read now. */
  private long poll(TopicPartition partition, Set<Long> wanted, Map<String, TopicRecord> found) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
      if (wanted.contains(record.offset())) {
        TopicRecord read = ConsumedRecord.of(record);
        found.put(read.position(), read);
      }
    }
    return consumer.position(partition);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
