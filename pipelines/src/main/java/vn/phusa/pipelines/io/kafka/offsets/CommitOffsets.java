package vn.phusa.pipelines.io.kafka.offsets;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Max;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.kafka.ConsumerGroup;
import vn.phusa.pipelines.io.kafka.source.ReadTopic;
import vn.phusa.transforms.model.TopicRecord;

/**
 * Commits a topic's offsets for a group once all sinks have written what was read up to them.
 *
 * <p>It follows the watermark: of every few seconds of the source's timestamps (which never go back
 * within a partition) the last offset is committed when the sinks' outputs have passed them. That
 * holds as long as the steps between source and sinks keep their elements' timestamps and the sinks
 * hold nothing back at the end of a bundle. Emits the offsets that were committed.
 *
 * <p>For runners whose side inputs know empty windows (the DirectRunner). On Flink, where a window
 * without a signal would wait for ever, use {@link ReadTopic#committingAtCheckpoints}, which {@code
 * CheckpointCommits} does.
 */
public final class CommitOffsets
    extends PTransform<PCollection<TopicRecord>, PCollection<KV<Integer, Long>>> {
  private static final long serialVersionUID = 1L;
  private static final Duration STEP = Duration.standardSeconds(2);

  private final KafkaAddress address;
  private final String topic;
  private final ConsumerGroup group;
  private final transient List<PCollection<?>> written;

  private CommitOffsets(
      KafkaAddress address, String topic, ConsumerGroup group, List<PCollection<?>> written) {
    this.address = address;
    this.topic = topic;
    this.group = group;
    this.written = List.copyOf(written);
  }

  /**
   * @param written what every sink that the topic's records reach returns, dead letters' sinks
   *     among them
   */
  public static CommitOffsets after(
      KafkaAddress address, String topic, ConsumerGroup group, List<PCollection<?>> written) {
    return new CommitOffsets(address, topic, group, written);
  }

  @Override
  public PCollection<KV<Integer, Long>> expand(PCollection<TopicRecord> records) {
    List<PCollection<?>> signals =
        IntStream.range(0, written.size())
            .<PCollection<?>>mapToObj(i -> stepwise("Window signal " + i, written.get(i)))
            .toList();
    return stepwise("Window offsets", records.apply("Take offset", ParDo.of(new NextOffsetFn())))
        .setCoder(KvCoder.of(VarIntCoder.of(), VarLongCoder.of()))
        .apply("Keep last offset", Max.longsPerKey())
        .apply("Await writes", Wait.on(signals))
        .apply("Commit offsets", ParDo.of(new CommitFn(address, topic, group)));
  }

  private static <T> PCollection<T> stepwise(String name, PCollection<T> elements) {
    return elements.apply(
        name,
        Window.<T>into(FixedWindows.of(STEP))
            .withAllowedLateness(Duration.ZERO)
            .discardingFiredPanes());
  }

  /** The partition and the offset that comes after a record. */
  static final class NextOffsetFn extends DoFn<TopicRecord, KV<Integer, Long>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(ProcessContext context) {
      TopicRecord record = context.element();
      context.output(KV.of(record.getPartition(), record.getOffset() + 1));
    }
  }
}
