package vn.phusa.pipelines.io.kafka.source;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.TopicRecord;
import vn.phusa.transforms.model.TopicRecordCoder;

/**
 * A topic, or a share of it. Share {@code i} of {@code n} has the partitions whose number leaves
 * the remainder {@code i}, also those that are added while it is read.
 *
 * <p>KafkaIO is not used since it commits what a runner has only taken over (on the DirectRunner
 * before any later step has seen it), holds the watermark in partitions that end in a transaction's
 * marker, and does not end a bounded read there.
 */
final class TopicSource extends UnboundedSource<TopicRecord, TopicCheckpoint> {
  private static final long serialVersionUID = 1L;

  private final ReadSettings settings;
  private final OffsetRange span;
  private final int share;
  private final int shares;

  private TopicSource(ReadSettings settings, OffsetRange span, int share, int shares) {
    this.settings = settings;
    this.span = span;
    this.share = share;
    this.shares = shares;
  }

  /**
   * The whole topic.
   *
   * @param span found before: a runner that asks Kafka itself does so where nobody learns of a
   *     refusal, and Flink, where its first checkpoint is done before the answer has come, never
   *     splits the source any more
   */
  static TopicSource of(ReadSettings settings, OffsetRange span) {
    return new TopicSource(settings, span, 0, 1);
  }

  ReadSettings settings() {
    return settings;
  }

  /** Whether the partition belongs to this share. */
  boolean has(int partition) {
    return partition % shares == share;
  }

  /**
   * Always as many shares as are asked for: one without partitions lets time pass, where a reader
   * without a share would hold it.
   */
  @Override
  public List<TopicSource> split(int desired, PipelineOptions options) {
    int count = Math.max(1, desired);
    return IntStream.range(0, count)
        .mapToObj(i -> new TopicSource(settings, span, i, count))
        .toList();
  }

  @Override
  public UnboundedReader<TopicRecord> createReader(
      PipelineOptions options, @Nullable TopicCheckpoint mark) {
    return new TopicReader(this, span, mark == null ? Map.of() : mark.positions());
  }

  @Override
  public Coder<TopicCheckpoint> getCheckpointMarkCoder() {
    return TopicCheckpoint.MarkCoder.INSTANCE;
  }

  @Override
  public Coder<TopicRecord> getOutputCoder() {
    return TopicRecordCoder.of();
  }
}
