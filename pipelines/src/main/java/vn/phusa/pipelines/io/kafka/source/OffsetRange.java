package vn.phusa.pipelines.io.kafka.source;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.kafka.ConsumerGroup;
import vn.phusa.pipelines.io.kafka.KafkaClients;

/**
 * From where to where a topic is read, by partition.
 *
 * @param starts the first offset; a partition that is not named was added since, and is read from
 *     its beginning
 * @param ends the offset after the last, which may name partitions that do not hold it; null: for
 *     ever
 */
public record OffsetRange(Map<Integer, Long> starts, @Nullable Map<Integer, Long> ends)
    implements Serializable {
  public static final Duration TIMEOUT = Duration.ofSeconds(60);

  /**
   * Asks the cluster. A group commits where it begins, before anything is read: a start that is
   * killed before its first commit must not begin at a later "latest", and no other warehouse may
   * begin with the same group from now on.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka does not answer, or refuses
   */
  static OffsetRange find(ReadSettings settings) {
    try (Consumer<byte[], byte[]> consumer =
        KafkaClients.consumer(settings.address(), settings.groupId())) {
      List<TopicPartition> partitions = partitions(consumer, settings.topic(), TIMEOUT);
      Map<TopicPartition, Long> ends =
          settings.ends() != null
              ? keyed(settings.topic(), settings.ends())
              : settings.untilPresent() ? consumer.endOffsets(partitions) : null;
      Map<TopicPartition, Long> starts =
          settings.starts() != null
              ? named(consumer, partitions, settings.topic(), settings.starts())
              : starts(consumer, partitions, settings);
      return new OffsetRange(numbered(starts), ends == null ? null : numbered(ends));
    }
  }

  /** The partitions that the topic has now; none where there is no such topic. */
  public static List<TopicPartition> partitions(
      Consumer<?, ?> consumer, String topic, Duration timeout) {
    List<PartitionInfo> found = consumer.partitionsFor(topic, timeout);
    List<TopicPartition> partitions = new ArrayList<>();
    if (found != null) {
      found.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    return partitions;
  }

  private static Map<TopicPartition, Long> starts(
      Consumer<?, ?> consumer, List<TopicPartition> partitions, ReadSettings settings) {
    ConsumerGroup group = settings.group();
    return group == null
        ? positions(consumer, partitions, settings.start())
        : GroupStart.commit(consumer, partitions, group, settings.start());
  }

  /** Where the partitions begin for who knows none of them. */
  static Map<TopicPartition, Long> positions(
      Consumer<?, ?> consumer, List<TopicPartition> partitions, StartPosition start) {
    return switch (start.kind()) {
      case EARLIEST -> consumer.beginningOffsets(partitions);
      case LATEST -> consumer.endOffsets(partitions);
      case INSTANT -> {
        long millis = Optional.ofNullable(start.instant()).orElseThrow().toEpochMilli();
        Map<TopicPartition, Long> found = new HashMap<>(consumer.endOffsets(partitions));
        consumer
            .offsetsForTimes(
                partitions.stream().collect(Collectors.toMap(Function.identity(), p -> millis)))
            .forEach(
                (partition, at) -> {
                  if (at != null) {
                    found.put(partition, at.offset());
                  }
                });
        yield found;
      }
    };
  }

  private static Map<TopicPartition, Long> named(
      Consumer<?, ?> consumer,
      List<TopicPartition> partitions,
      String topic,
      Map<Integer, Long> offsets) {
    Map<TopicPartition, Long> starts = new HashMap<>(consumer.beginningOffsets(partitions));
    starts.putAll(keyed(topic, offsets));
    return starts;
  }

  private static Map<TopicPartition, Long> keyed(String topic, Map<Integer, Long> offsets) {
    Map<TopicPartition, Long> keyed = new HashMap<>();
    offsets.forEach((number, offset) -> keyed.put(new TopicPartition(topic, number), offset));
    return keyed;
  }

  private static Map<Integer, Long> numbered(Map<TopicPartition, Long> offsets) {
    Map<Integer, Long> numbered = new HashMap<>();
    offsets.forEach((partition, offset) -> numbered.put(partition.partition(), offset));
    return Map.copyOf(numbered);
  }
}
