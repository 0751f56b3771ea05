package vn.phusa.pipelines.io.kafka.offsets;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.kafka.KafkaClients;

/** How far a group has committed topics, seen from outside. For one thread. */
public final class ConsumerLag implements AutoCloseable {
  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  /**
   * How far it is.
   *
   * @param sent how many records the topics ever got
   * @param left how many of those that are still there the group has not committed
   */
  public record Progress(long sent, long left) {}

  private ConsumerLag(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    this.consumer = consumer;
    this.partitions = partitions;
  }

  /**
   * Connects.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
   */
  public static ConsumerLag of(KafkaAddress kafka, String group, Collection<String> topics) {
    Consumer<byte[], byte[]> consumer = KafkaClients.consumer(kafka, group);
    try {
      List<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(found -> new TopicPartition(found.topic(), found.partition()))
              .toList();
      return new ConsumerLag(consumer, partitions);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /**
   * Polls.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
   */
  public Progress poll() {
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long sent = 0;
    long left = 0;
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata next = committed.get(partition);
      long from =
          Math.max(beginnings.get(partition), next == null ? Long.MIN_VALUE : next.offset());
      sent += ends.get(partition);
      left += ends.get(partition) - from;
    }
    return new Progress(sent, left);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
