package vn.phusa.pipelines.io.kafka.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.kafka.FakeRegistry;
import vn.phusa.pipelines.io.kafka.TestTopic;
import vn.phusa.pipelines.io.kafka.sink.WriteTopic;
import vn.phusa.pipelines.io.kafka.source.ReadTopic;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.decoding.SalesEventDecoder;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.DeadLetterJson;
import vn.phusa.transforms.model.SourceRecord;

/** Values that no producer should send: each is a dead letter, and its neighbours pass. */
@WithEmbeddedServices
@Timeout(600)
class PoisonIT {
  private static final Map<String, String> LARGE = Map.of("max.message.bytes", "16000000");
  private static final Queue<String> PASSED = new ConcurrentLinkedQueue<>();

  @Test
  void eachIsADeadLetterAndItsNeighboursPass(EmbeddedKafka kafka) throws Exception {
    try (TestTopic events = TestTopic.create(kafka, "poison", 2, LARGE);
        TestTopic deadLetters = TestTopic.create(kafka, "poison_letters", 1)) {
      Map<Long, byte[]> poison = new HashMap<>();
      List<byte[]> values = poison();
      for (int i = 0; i < values.size(); i++) {
        events.send(0, null, sale("good" + i, Instant.now()));
        poison.put(2L * i + 1, values.get(i));
        // A wrong clock of the producer, too: no record may push the watermark.
        events.send(0, i == 0 ? 32_503_680_000_000L : null, values.get(i));
      }
      events.send(1, null, sale("last", Instant.now()));

      decode(events, deadLetters);

      assertThat(PASSED).hasSize(values.size() + 1).contains("good0", "good8", "last");
      assertRejected(events, deadLetters, poison);
    }
  }

  private static List<byte[]> poison() throws Exception {
    byte[] random = new byte[300];
    new Random(3).nextBytes(random);
    byte[] whole = sale("x", Instant.now());
    List<byte[]> values =
        new ArrayList<>(
            List.of(
                random,
                Arrays.copyOf(whole, whole.length - 2),
                Arrays.copyOf(whole, whole.length + 1),
                "[".repeat(10_000).getBytes(StandardCharsets.UTF_8),
                new byte[5 << 20],
                new byte[0],
                sale("y1", Instant.parse("0001-01-01T00:00:00Z")),
                sale("y3000", Instant.parse("3000-01-01T00:00:00Z"))));
    values.add(null);
    return values;
  }

  private static void decode(TestTopic events, TestTopic deadLetters) throws Exception {
    PASSED.clear();
    Pipeline pipeline = Pipeline.create();
    PCollectionTuple decoded =
        pipeline
            .apply(ReadTopic.range(events.address(), events.name(), Map.of(), events.ends()))
            .apply(DecodeTopic.sales(events.address()));
    decoded.get(DecodeTopic.MAIN).apply("Pass", ParDo.of(new PassFn()));
    decoded
        .get(DecodeTopic.DEAD_LETTERS)
        .apply("Dead letter", ParDo.of(new DeadLetterFn()))
        .apply("Write", WriteTopic.of(deadLetters.address(), deadLetters.name()));
    pipeline.run().waitUntilFinish();
  }

  private static void assertRejected(
      TestTopic events, TestTopic deadLetters, Map<Long, byte[]> poison) throws Exception {
    Map<Long, DeadLetter> rejected = new HashMap<>();
    for (var record : deadLetters.records()) {
      DeadLetter deadLetter = DeadLetterJson.read(record.value());
      assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(deadLetter.getId());
      assertThat(deadLetter.getStage()).isEqualTo("decode-sales");
      assertThat(deadLetter.getPosition()).startsWith(events.name() + "/0/");
      rejected.put(Long.valueOf(deadLetter.getPosition().replaceAll(".*/", "")), deadLetter);
    }
    assertThat(rejected).hasSameSizeAs(poison);
    poison.forEach(
        (offset, value) -> {
          String payload = rejected.get(offset).getPayload();
          boolean kept = value != null && value.length < 1_000_000;
          assertThat(Base64.getDecoder().decode(payload)).isEqualTo(kept ? value : new byte[0]);
        });
    assertThat(rejected.values().stream().map(DeadLetter::getReason))
        .contains("malformed", "too_large", "empty_value", "no_value", "in_future")
        .contains("out_of_calendar");
  }

  @Test
  void newerSchemasAreReadThroughTheRegistry(EmbeddedKafka kafka) throws Exception {
    try (TestTopic events = TestTopic.create(kafka, "wire", 1);
        FakeRegistry registry = FakeRegistry.start()) {
      Schema ours = schema("");
      Schema newer = schema("{\"name\": \"gift\", \"type\": \"boolean\", \"default\": false},");
      registry.put(1, ours.toString());
      registry.put(2, newer.toString());
      registry.put(3, "{\"type\": \"string\"}");
      registry.failNext(2);
      events.send(0, null, wire(1, sale(ours, "ours", Instant.now())));
      events.send(0, null, wire(2, sale(newer, "newer", Instant.now())));
      events.send(0, null, wire(3, sale(ours, "other", Instant.now())));
      events.send(0, null, wire(4, sale(ours, "unknown", Instant.now())));

      PASSED.clear();
      KafkaAddress address =
          new KafkaAddress(kafka.bootstrapServers(), kafka.properties(), registry.url());
      Pipeline pipeline = Pipeline.create();
      PCollectionTuple decoded =
          pipeline
              .apply(ReadTopic.range(address, events.name(), Map.of(), events.ends()))
              .apply(DecodeTopic.sales(address));
      decoded.get(DecodeTopic.MAIN).apply("Pass", ParDo.of(new PassFn()));
      decoded.get(DecodeTopic.DEAD_LETTERS).apply("Reason", ParDo.of(new ReasonFn()));
      pipeline.run().waitUntilFinish();
      assertThat(PASSED)
          .containsExactlyInAnyOrder("ours", "newer", "incompatible_schema", "unknown_schema");
    }
  }

  private static Schema schema(String added) throws Exception {
    try (var in = SalesEventDecoder.class.getResourceAsStream("sales_event.avsc")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Schema.Parser()
          .parse(text.replace("{\"name\": \"city\"", added + "{\"name\": \"city\""));
    }
  }

  private static byte[] sale(String orderId, Instant time) throws Exception {
    return sale(schema(""), orderId, time);
  }

  private static byte[] sale(Schema schema, String orderId, Instant time) throws Exception {
    GenericRecord sale = new GenericData.Record(schema);
    sale.put("order_id", orderId);
    sale.put("order_timestamp", time.toEpochMilli());
    if (schema.getField("gift") != null) {
      sale.put("gift", true);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(sale, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static byte[] wire(int id, byte[] value) {
    return ByteBuffer.allocate(5 + value.length).put((byte) 0).putInt(id).put(value).array();
  }

  static final class PassFn extends DoFn<SourceRecord, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(ProcessContext context) {
      PASSED.add(context.element().value("order_id"));
    }
  }

  static final class ReasonFn extends DoFn<DeadLetter, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(ProcessContext context) {
      PASSED.add(context.element().getReason());
    }
  }

  static final class DeadLetterFn extends DoFn<DeadLetter, KV<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(ProcessContext context) {
      DeadLetter deadLetter = context.element();
      context.output(
          KV.of(
              deadLetter.getId().getBytes(StandardCharsets.UTF_8),
              DeadLetterJson.write(deadLetter, Instant.now())));
    }
  }
}
