package vn.phusa.pipelines.io.kafka.offsets;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.kafka.ConsumerGroup;
import vn.phusa.pipelines.io.kafka.KafkaClients;
import vn.phusa.pipelines.io.waiting.Waiting;

/**
 * Commits offsets by partition at the end of a bundle, never back to one before what is committed.
 * Where Kafka is away they are left to a later bundle: the price is that records are read again. On
 * Flink the reader's {@code CheckpointCommits} commits instead.
 */
final class CommitFn extends DoFn<KV<Integer, Long>, KV<Integer, Long>> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(CommitFn.class);

  private final KafkaAddress address;
  private final String topic;
  private final ConsumerGroup group;
  private transient Consumer<byte[], byte[]> consumer;
  private transient Map<TopicPartition, OffsetAndMetadata> offsets;

  CommitFn(KafkaAddress address, String topic, ConsumerGroup group) {
    this.address = address;
    this.topic = topic;
    this.group = group;
  }

  @Setup
  public void setup() {
    consumer = KafkaClients.consumer(address, group.id());
    offsets = new HashMap<>();
  }

  @ProcessElement
  public void process(ProcessContext context) {
    KV<Integer, Long> next = context.element();
    offsets.merge(
        new TopicPartition(topic, next.getKey()),
        group.commit(next.getValue()),
        (a, b) -> a.offset() >= b.offset() ? a : b);
    context.output(next);
  }

  @FinishBundle
  public void finishBundle() {
    try (Waiting ignored = Waiting.reportedAs("Kafka")) {
      // Another instance of this may be ahead.
      Map<TopicPartition, OffsetAndMetadata> known = consumer.committed(offsets.keySet());
      offsets
          .entrySet()
          .removeIf(
              next -> {
                OffsetAndMetadata committed = known.get(next.getKey());
                return committed != null && committed.offset() >= next.getValue().offset();
              });
      if (!offsets.isEmpty()) {
        consumer.commitSync(offsets);
        offsets.clear();
      }
    } catch (RetriableException e) {
      LOG.warn("Offsets of {} were not committed and are tried again: {}", topic, e.toString());
    }
  }

  @Teardown
  public void teardown() {
    if (consumer != null) {
      consumer.close();
    }
  }
}
