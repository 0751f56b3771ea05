package vn.phusa.pipelines.io.kafka.source;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.kafka.ConsumerGroup;

/**
 * Where a group begins in a topic. What Kafka no longer has, be it records or the group's offsets,
 * cannot be had back, but is reported.
 */
public final class GroupStart {
  private static final Logger LOG = LoggerFactory.getLogger(GroupStart.class);

  private GroupStart() {}

  /**
   * Finds it, and commits it for every partition.
   *
   * @param partitions of one topic
   * @param position where a group begins that knows nothing of the topic
   */
  static Map<TopicPartition, Long> commit(
      Consumer<?, ?> consumer,
      List<TopicPartition> partitions,
      ConsumerGroup group,
      StartPosition position) {
    Map<TopicPartition, Long> starts = committed(consumer, partitions);
    skipWhatIsGone(consumer, group, starts);
    List<TopicPartition> unread =
        partitions.stream().filter(partition -> !starts.containsKey(partition)).toList();
    // A partition that was added to a topic that the group knows has nothing to be left out.
    StartPosition first = starts.isEmpty() ? position : StartPosition.EARLIEST;
    if (!group.isNew() && !unread.isEmpty()) {
      LOG.warn(
          "Group {} has committed offsets, but none of {}: they are new to it, or Kafka forgot the"
              + " offsets. They are read from {}",
          group.id(),
          unread,
          starts.isEmpty() ? "--startPosition (" + first.text() + ")" : "their beginning");
    }
    starts.putAll(OffsetRange.positions(consumer, unread, first));
    consumer.commitSync(
        starts.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, start -> group.commit(start.getValue()))));
    return starts;
  }

  private static Map<TopicPartition, Long> committed(
      Consumer<?, ?> consumer, List<TopicPartition> partitions) {
    Map<TopicPartition, Long> committed = new HashMap<>();
    consumer
        .committed(new HashSet<>(partitions))
        .forEach(
            (partition, offset) -> {
              if (offset != null) {
                committed.put(partition, offset.offset());
              }
            });
    return committed;
  }

  private static void skipWhatIsGone(
      Consumer<?, ?> consumer, ConsumerGroup group, Map<TopicPartition, Long> starts) {
    Map<TopicPartition, Long> gone = new HashMap<>();
    consumer
        .beginningOffsets(starts.keySet())
        .forEach(
            (partition, beginning) -> {
              long missing = beginning - starts.get(partition);
              if (missing > 0) {
                gone.put(partition, missing);
                starts.put(partition, beginning);
              }
            });
    if (!gone.isEmpty()) {
      // Offsets, of which some may have been no records.
      LOG.warn(
          "Up to {} records that group {} had not read are gone, since the topic keeps them no"
              + " longer: {}",
          gone.values().stream().mapToLong(Long::longValue).sum(),
          group.id(),
          gone);
    }
  }
}
