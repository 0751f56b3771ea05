package vn.phusa.pipelines.io.kafka.decode;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.transforms.decoding.RecordDecoder;
import vn.phusa.transforms.decoding.SchemaLookup;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.TopicRecord;

/** Decodes records one by one. */
final class DecodeFn extends DoFn<TopicRecord, SourceRecord> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DecodeFn.class);
  private static final byte[] NOTHING = {};

  private final Stage stage;
  private final @Nullable SchemaLookup lookup;
  private final DecodeTopic.DecoderFactory decoders;
  private final TupleTag<DeadLetter> deadLetters;
  private transient RecordDecoder decoder;
  private transient Clock clock;

  DecodeFn(
      Stage stage,
      @Nullable SchemaLookup lookup,
      DecodeTopic.DecoderFactory decoders,
      TupleTag<DeadLetter> deadLetters) {
    this.stage = stage;
    this.lookup = lookup;
    this.decoders = decoders;
    this.deadLetters = deadLetters;
  }

  @Setup
  public void setup() {
    decoder = decoders.apply(lookup);
    clock = Clock.systemUTC();
  }

  @ProcessElement
  public void process(ProcessContext context) {
    TopicRecord record = context.element();
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    SourceRecord decoded;
    try {
      decoded = decode(record, now);
    } catch (RejectedException e) {
      byte[] bytes = record.getValue() == null ? NOTHING : record.getValue();
      context.output(
          deadLetters,
          DeadLetter.of(stage, decoder.source(), record.position(), e, Payload.ofBytes(bytes)));
      return;
    }
    context.output(decoded);
  }

  /** One record must not stop a stream, whatever a parser makes of it. */
  private SourceRecord decode(TopicRecord record, long now) throws RejectedException {
    try {
      return decoder.decode(record, now);
    } catch (RegistryUnusableException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      LOG.warn("A record of {} cannot be decoded", stage.text(), e);
      // Its message may quote the value.
      throw new RejectedException(
          Reason.MALFORMED, "the value is not understood: " + e.getClass().getSimpleName());
    }
  }
}
