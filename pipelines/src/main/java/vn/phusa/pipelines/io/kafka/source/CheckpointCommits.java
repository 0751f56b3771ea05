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
 * from. Told by any thread, done by the one that reads. Where there are no checkpoints, {@link
 * vn.phusa.pipelines.io.kafka.offsets.CommitOffsets} commits.
 */
final class CheckpointCommits {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointCommits.class);
  private static final long EVERY_MILLIS = 1_000;
  private static final Duration LAST = Duration.ofSeconds(10);

  private final String topic;
  private final @Nullable ConsumerGroup group;
  private final AtomicReference<@Nullable Map<Integer, TopicCheckpoint.Place>> finalized =
      new AtomicReference<>();

  private long committedAt;

  CheckpointCommits(ReadSettings settings) {
    this.topic = settings.topic();
    this.group = settings.committing() ? settings.group() : null;
  }

  /** Takes the places of a mark that is final, to commit them with the next. */
  void finalized(Map<Integer, TopicCheckpoint.Place> places) {
    if (group != null) {
      finalized.set(places);
    }
  }

  /** Commits now and then what was taken last, without waiting. */
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
    Map<Integer, TopicCheckpoint.Place> places = finalized.getAndSet(null);
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    if (group != null && places != null) {
      places.forEach(
          (number, place) ->
              offsets.put(new TopicPartition(topic, number), group.commit(place.offset())));
    }
    return offsets;
  }
}
