package vn.phusa.pipelines.io.kafka.sink;

import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import vn.phusa.options.address.KafkaAddress;

/**
 * Writes keys and values to a topic. When a bundle is finished its records are on all replicas;
 * Kafka's going away for some minutes is waited for, then the bundle fails. A bundle that is tried
 * again writes its records again, under the same keys: compaction or the reader keeps the last.
 *
 * <p>Emits how many records each bundle wrote.
 */
public final class WriteTopic
    extends PTransform<PCollection<KV<byte[], byte[]>>, PCollection<Long>> {
  private static final long serialVersionUID = 1L;

  private final KafkaAddress address;
  private final String topic;

  private WriteTopic(KafkaAddress address, String topic) {
    this.address = address;
    this.topic = topic;
  }

  public static WriteTopic of(KafkaAddress address, String topic) {
    return new WriteTopic(address, topic);
  }

  @Override
  public PCollection<Long> expand(PCollection<KV<byte[], byte[]>> records) {
    return records
        .apply("Send records", ParDo.of(new WriteTopicFn(address, topic)))
        .setCoder(VarLongCoder.of());
  }
}
