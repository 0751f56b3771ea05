package vn.phusa.pipelines.io.kafka.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.kafka.ConsumerGroup;

/**
 * Commits what the runner's checkpoints have of a topic, for a reader whose settings ask for it: of
 * all its partitions each time, so that Kafka keeps the offsets of those too that nothing comes
 * from. Any thread may ask for a commit; the one that reads does it. Where there are no
 * checkpoints, {@link vn.phusa.pipelines.io.kafka.offsets.CommitOffsets} commits.
 */
final class CheckpointCommits {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointCommits.class);
  private static final long EVERY_MILLIS = 1_000;
  private static final Duration LAST = Duration.ofSeconds(10);

  private final String topic;
  private final @Nullable ConsumerGroup group;
  private final AtomicReference<@Nullable Map<Integer, TopicCheckpoint.Position>> finalized =
      new AtomicReference<>();

  private long committedAt;

  CheckpointCommits(ReadSettings settings) {
    this.topic = settings.topic();
    this.group = settings.committing() ? settings.group() : null;
  }

  /** Takes the positions of a mark that is final, to commit them with the next. */
  void finalized(Map<Integer, TopicCheckpoint.Position> positions) {
    if (group != null) {
      finalized.set(positions);
    }
  }

  /** Commits periodically what was taken last, without waiting. */
  void commit(Consumer<?, ?> consumer, long now) {
    if (finalized.get() != null && now - committedAt >= EVERY_MILLIS) {
      committedAt = now;
      consumer.commitAsync(
          take(),
          (offsets, failure) -> {
            if (failure != null) {
              LOG.warn(
                  "Offsets were not committed and will be with the next: {}", offsets, failure);
            }
          });
    }
  }

  /** Commits what was taken last, before the consumer is closed. */
  void commitLast(Consumer<?, ?> consumer) {
    try {
      Map<TopicPartition, OffsetAndMetadata> last = take();
      if (!last.isEmpty()) {
        consumer.commitSync(last, LAST);
      }
    } catch (RuntimeException e) {
      LOG.warn("The last offsets were not committed: they will be read again", e);
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> take() {
    Map<Integer, TopicCheckpoint.Position> positions = finalized.getAndSet(null);
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    if (group != null && positions != null) {
      positions.forEach(
          (number, position) ->
              offsets.put(new TopicPartition(topic, number), group.commit(position.offset())));
    }
    return offsets;
  }
}
