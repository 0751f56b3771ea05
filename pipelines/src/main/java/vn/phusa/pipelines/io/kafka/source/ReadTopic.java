package vn.phusa.pipelines.io.kafka.source;

import java.time.Duration;
import java.util.Map;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.kafka.ConsumerGroup;
import vn.phusa.transforms.model.TopicRecord;

/**
 * Reads a topic as bytes, from where its group has committed on.
 *
 * <p>From where to where is found when it is applied: Kafka is asked by whoever builds the
 * pipeline, and what Kafka refuses is thrown there as a {@link
 * org.apache.kafka.common.KafkaException}.
 *
 * <p>Elements carry Kafka's record time as timestamp, never going back within a partition and never
 * later than the present. A partition without new records holds the watermark for {@link #withIdle
 * a while} and then follows the clock; nothing is late by the source's doing.
 *
 * <p>Who commits: with {@link #committingAtCheckpoints} the source, when the runner's checkpoint
 * has everything (right on Flink, where a checkpoint waits for the sinks' bundles); else nobody but
 * {@code CommitOffsets}, after the sinks have written (right on any runner, and the only right way
 * on the DirectRunner, which finalises a bundle that was read before the next steps have seen it).
 */
public final class ReadTopic extends PTransform<PBegin, PCollection<TopicRecord>> {
  private static final long serialVersionUID = 1L;
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final ReadSettings settings;

  private ReadTopic(ReadSettings settings) {
    this.settings = settings;
  }

  /**
   * Reads on from the group's offsets; a group without any begins at the {@linkplain
   * StartPosition#LATEST end}.
   */
  public static ReadTopic of(KafkaAddress address, String topic, ConsumerGroup group) {
    return new ReadTopic(
        new ReadSettings(
            address, topic, group, StartPosition.LATEST, null, null, false, false, IDLE));
  }

  /**
   * Reads a part of a topic for no group: nothing is looked up or committed.
   *
   * @param starts a partition that is not named is read from its beginning
   * @param ends a partition that is not named is not read
   */
  public static ReadTopic range(
      KafkaAddress address, String topic, Map<Integer, Long> starts, Map<Integer, Long> ends) {
    return new ReadTopic(
        new ReadSettings(
                address, topic, null, StartPosition.EARLIEST, null, null, false, false, IDLE)
            .withOffsets(starts, ends));
  }

  /** Where a group without committed offsets begins. */
  public ReadTopic from(StartPosition position) {
    return new ReadTopic(settings.withStart(position));
  }

  /**
   * Ends before these offsets.
   *
   * @param ends by partition; a partition that is not named is not read
   */
  public ReadTopic until(@Nullable Map<Integer, Long> ends) {
    return new ReadTopic(settings.withOffsets(settings.starts(), ends));
  }

  /** Ends where the topic ends at the moment when this is applied. */
  public ReadTopic untilPresent() {
    return new ReadTopic(settings.withUntilPresent());
  }

  /** Commits for the group when the runner's checkpoint is final. */
  public ReadTopic committingAtCheckpoints() {
    return new ReadTopic(settings.withCommitting());
  }

  /** Lets time pass in a partition without records for so long; by default 10 seconds. */
  public ReadTopic withIdle(Duration idle) {
    return new ReadTopic(settings.withIdle(idle));
  }

  @Override
  public PCollection<TopicRecord> expand(PBegin begin) {
    return begin.apply(
        "Read " + settings.topic(),
        Read.from(TopicSource.of(settings, OffsetRange.find(settings))));
  }
}
