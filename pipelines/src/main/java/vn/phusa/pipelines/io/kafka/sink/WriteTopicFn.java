package vn.phusa.pipelines.io.kafka.sink;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.kafka.clients.producer.ProducerRecord;
import vn.phusa.options.address.KafkaAddress;

/**
 * Sends records as they come and waits for them at the end of the bundle, and periodically before,
 * so that what waits for an answer is bounded.
 */
final class WriteTopicFn extends DoFn<KV<byte[], byte[]>, Long> {
  private static final long serialVersionUID = 1L;
  private static final int MAX_UNANSWERED = 5_000;

  private final KafkaAddress address;
  private final String topic;
  private transient SharedProducer producer;
  private transient List<SharedProducer.Sent> unanswered;
  private transient long written;

  WriteTopicFn(KafkaAddress address, String topic) {
    this.address = address;
    this.topic = topic;
  }

  @Setup
  public void setup() {
    producer = SharedProducer.acquire(address);
  }

  @StartBundle
  public void startBundle() {
    unanswered = new ArrayList<>();
    written = 0;
  }

  @ProcessElement
  public void process(ProcessContext context) {
    KV<byte[], byte[]> record = context.element();
    unanswered.add(producer.send(new ProducerRecord<>(topic, record.getKey(), record.getValue())));
    if (unanswered.size() >= MAX_UNANSWERED) {
      awaitArrival();
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    awaitArrival();
    if (written > 0) {
      context.output(written, GlobalWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
    }
  }

  private void awaitArrival() {
    producer.awaitArrival(unanswered);
    written += unanswered.size();
    unanswered = new ArrayList<>();
  }

  @Teardown
  public void teardown() {
    if (producer != null) {
      producer.release();
      producer = null;
    }
  }
}
