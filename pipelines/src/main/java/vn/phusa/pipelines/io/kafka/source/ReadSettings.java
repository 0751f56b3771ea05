package vn.phusa.pipelines.io.kafka.source;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.kafka.ConsumerGroup;

/**
 * What a topic is read by.
 *
 * @param group whose committed offsets reading continues from; null: reading begins at the start
 *     position and nothing is ever committed
 * @param start where a group without committed offsets begins
 * @param starts by partition, instead of committed offsets and start position; a partition that is
 *     not named is read from its beginning; null: those
 * @param ends the offset after the last by partition; partitions that are not named are not read;
 *     null: reading never ends
 * @param untilPresent whether reading ends where the topic ends when the pipeline is built
 * @param committing whether offsets are committed when the runner's checkpoint is final
 * @param idle how long a partition is without records before it lets time pass
 */
record ReadSettings(
    KafkaAddress address,
    String topic,
    @Nullable ConsumerGroup group,
    StartPosition start,
    @Nullable Map<Integer, Long> starts,
    @Nullable Map<Integer, Long> ends,
    boolean untilPresent,
    boolean committing,
    Duration idle)
    implements Serializable {

  /** Null for none. */
  @Nullable String groupId() {
    return group == null ? null : group.id();
  }

  ReadSettings withStart(StartPosition position) {
    return new ReadSettings(
        address, topic, group, position, starts, ends, untilPresent, committing, idle);
  }

  ReadSettings withOffsets(
      @Nullable Map<Integer, Long> first, @Nullable Map<Integer, Long> afterLast) {
    return new ReadSettings(
        address,
        topic,
        group,
        start,
        first == null ? null : Map.copyOf(first),
        afterLast == null ? null : Map.copyOf(afterLast),
        untilPresent,
        committing,
        idle);
  }

  ReadSettings withUntilPresent() {
    return new ReadSettings(address, topic, group, start, starts, ends, true, committing, idle);
  }

  ReadSettings withCommitting() {
    return new ReadSettings(address, topic, group, start, starts, ends, untilPresent, true, idle);
  }

  ReadSettings withIdle(Duration duration) {
    return new ReadSettings(
        address, topic, group, start, starts, ends, untilPresent, committing, duration);
  }
}
