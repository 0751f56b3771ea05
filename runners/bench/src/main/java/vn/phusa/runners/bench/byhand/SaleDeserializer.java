package vn.phusa.runners.bench.byhand;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import vn.phusa.transforms.cleansing.SaleCleanser;
import vn.phusa.transforms.decoding.SalesEventDecoder;
import vn.phusa.transforms.enrichment.RealtimeSales;
import vn.phusa.transforms.enrichment.SaleEnricher;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.TopicRecord;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.windows.SalesWindows;

/** Decodes, cleanses and enriches a record in one go, so that the source knows the event's time. */
final class SaleDeserializer implements KafkaRecordDeserializationSchema<SaleOrDeadLetter> {
  private static final long serialVersionUID = 1L;

  private final Rules rules;
  private final SalesWindows windows;
  private transient SalesEventDecoder decoder;
  private transient SaleCleanser cleanser;
  private transient SaleEnricher enricher;

  SaleDeserializer(Rules rules, Duration allowedLateness) {
    this.rules = rules;
    this.windows = SalesWindows.withAllowedLateness(allowedLateness);
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    decoder = new SalesEventDecoder(null);
    cleanser = new SaleCleanser(rules);
    enricher = new SaleEnricher(rules);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> in, Collector<SaleOrDeadLetter> out) {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    TopicRecord record =
        TopicRecord.create(
            in.topic(), in.partition(), in.offset(), in.timestamp() * 1_000, in.key(), in.value());
    try {
      SourceRecord decoded = decoder.decode(record, now);
      out.collect(
          new SaleOrDeadLetter(
              RealtimeSales.rowOf(enricher.enrich(cleanser.cleanse(decoded)), windows).toBuilder()
                  .setProcessedMicros(now)
                  .build(),
              null));
    } catch (RejectedException e) {
      byte[] bytes = in.value() == null ? new byte[0] : in.value();
      out.collect(
          new SaleOrDeadLetter(
              null,
              DeadLetter.of(
                  Stage.stored("by-hand"),
                  SalesEventDecoder.SOURCE,
                  record.position(),
                  e,
                  Payload.ofBytes(bytes))));
    }
  }

  @Override
  public TypeInformation<SaleOrDeadLetter> getProducedType() {
    return TypeInformation.of(SaleOrDeadLetter.class);
  }
}
