package vn.phusa.pipelines.io.kafka.offsets;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.kafka.ConsumerGroup;
import vn.phusa.pipelines.io.kafka.KafkaClients;
import vn.phusa.pipelines.io.kafka.source.OffsetRange;

/**
 * Commits again, over and over while a stream runs, what its group has committed. Kafka forgets a
 * partition's offset some days after its last commit (offsets.retention.minutes), and {@link
 * CommitOffsets} commits nothing of a partition that nothing comes from. Emits how many offsets
 * were renewed.
 *
 * <p>An offset that is committed in the very moment between may be set back to the one before: the
 * price, if the stream ends before its next commit, is that records are read again.
 */
public final class RenewOffsets extends PTransform<PBegin, PCollection<Long>> {
  private static final long serialVersionUID = 1L;

  /** Far less than brokers keep offsets for: 7 days, formerly one. */
  private static final Duration PERIOD = Duration.ofHours(6);

  private final KafkaAddress address;
  private final ConsumerGroup group;
  private final List<String> topics;

  private RenewOffsets(KafkaAddress address, ConsumerGroup group, Collection<String> topics) {
    this.address = address;
    this.group = group;
    this.topics = List.copyOf(topics);
  }

  public static RenewOffsets of(
      KafkaAddress address, ConsumerGroup group, Collection<String> topics) {
    return new RenewOffsets(address, group, topics);
  }

  @Override
  public PCollection<Long> expand(PBegin begin) {
    return begin
        .apply(
            "Schedule renewals",
            GenerateSequence.from(0).withRate(1, org.joda.time.Duration.millis(PERIOD.toMillis())))
        .apply("Renew offsets", ParDo.of(new RenewFn(address, group, topics)));
  }

  /** Renews at each tick but the first (0); what cannot be renewed now is left to the next. */
  public static final class RenewFn extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RenewFn.class);

    private final KafkaAddress address;
    private final ConsumerGroup group;
    private final List<String> topics;

    public RenewFn(KafkaAddress address, ConsumerGroup group, List<String> topics) {
      this.address = address;
      this.group = group;
      this.topics = topics;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      // The stream's start has just committed them; a slow renewal would set back what the first
      // bundles commit, and a stream that ends soon would leave it so.
      if (context.element() == 0) {
        return;
      }
      try (Consumer<byte[], byte[]> consumer = KafkaClients.consumer(address, group.id())) {
        Set<TopicPartition> partitions =
            topics.stream()
                .flatMap(
                    topic -> OffsetRange.partitions(consumer, topic, OffsetRange.TIMEOUT).stream())
                .collect(Collectors.toSet());
        Map<TopicPartition, OffsetAndMetadata> again = new HashMap<>();
        consumer
            .committed(partitions)
            .forEach(
                (partition, committed) -> {
                  if (committed != null) {
                    again.put(partition, group.commit(committed.offset()));
                  }
                });
        consumer.commitSync(again);
        context.output((long) again.size());
      } catch (RetriableException e) {
        LOG.warn("Offsets are renewed at the next try: {}", e.toString());
      }
    }
  }
}
