package vn.phusa.pipelines.io.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.values.KV;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.phusa.pipelines.io.kafka.TestTopic;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** What a bundle has written is in Kafka, also when Kafka was away in between. */
@WithEmbeddedServices
@Timeout(600)
class WriteTopicIT {

  @Test
  void writesKeysAndValuesAndTellsHowMany(EmbeddedKafka kafka) throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "written", 3)) {
      List<KV<byte[], byte[]>> records =
          IntStream.range(0, 12_000).mapToObj(i -> KV.of(bytes("k" + i), bytes("v" + i))).toList();
      Pipeline pipeline = Pipeline.create();
      PAssert.thatSingleton(
              pipeline
                  .apply(
                      Create.of(records)
                          .withCoder(KvCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of())))
                  .apply(WriteTopic.of(topic.address(), topic.name()))
                  .apply(Sum.longsGlobally()))
          .isEqualTo(12_000L);
      pipeline.run().waitUntilFinish();
      assertThat(
              topic.records().stream()
                  .collect(Collectors.toMap(r -> text(r.key()), r -> text(r.value()))))
          .hasSize(12_000)
          .containsEntry("k11999", "v11999");
    }
  }

  @Test
  void aBrokerThatIsAwayIsWaitedFor(EmbeddedKafka kafka) throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "away", 1)) {
      SharedProducer producer = SharedProducer.acquire(topic.address());
      try {
        producer.awaitArrival(List.of(producer.send(record(topic, "before"))));
        kafka.kill();
        List<SharedProducer.Sent> sent =
            List.of(producer.send(record(topic, "while")), producer.send(record(topic, "away")));
        kafka.restart();
        producer.awaitArrival(sent);
      } finally {
        producer.release();
      }
      assertThat(topic.records().stream().map(r -> text(r.value())))
          .contains("before", "while", "away");
    }
  }

  private static ProducerRecord<byte[], byte[]> record(TestTopic topic, String value) {
    return new ProducerRecord<>(topic.name(), bytes("k"), bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
