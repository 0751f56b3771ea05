package vn.phusa.runners.bench.stream;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import vn.phusa.transforms.decoding.SalesEventDecoder;

/** A consumer that decodes all events and does nothing with them: the limit. */
final class PlainDecoding {
  private static final int PARTITIONS = 6;

  private PlainDecoding() {}

  /** Events a second. */
  static double measure(Map<String, Object> kafka, long events) throws IOException {
    GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(schema());
    BinaryDecoder decoder = null;
    GenericRecord event = null;
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("max.poll.records", 2_000);
    settings.put("max.partition.fetch.bytes", 4 << 20);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          IntStream.range(0, PARTITIONS).mapToObj(i -> new TopicPartition(BenchStores.IN, i));
      consumer.assign(partitions.toList());
      consumer.seekToBeginning(consumer.assignment());
      long begun = System.nanoTime();
      long deadline = begun + Duration.ofMinutes(5).toNanos();
      for (long read = 0; read < events; ) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          decoder = DecoderFactory.get().binaryDecoder(record.value(), decoder);
          event = reader.read(event, decoder);
          read++;
        }
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("only " + read + " events were there");
        }
      }
      return events / ((System.nanoTime() - begun) / 1e9);
    }
  }

  private static Schema schema() throws IOException {
    try (InputStream in = SalesEventDecoder.class.getResourceAsStream("sales_event.avsc")) {
      return new Schema.Parser().parse(in);
    }
  }
}
