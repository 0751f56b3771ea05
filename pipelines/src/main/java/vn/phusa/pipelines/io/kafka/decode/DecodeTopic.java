package vn.phusa.pipelines.io.kafka.decode;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.transforms.decoding.CapturedChangeDecoder;
import vn.phusa.transforms.decoding.CustomerEventDecoder;
import vn.phusa.transforms.decoding.InventoryEventDecoder;
import vn.phusa.transforms.decoding.RecordDecoder;
import vn.phusa.transforms.decoding.SalesEventDecoder;
import vn.phusa.transforms.decoding.SchemaLookup;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.TopicRecord;

/**
 * Makes source records of a topic's bytes. Every record comes out once, with its timestamp, under
 * {@link #MAIN} or as a dead letter with its bytes. A schema registry that does not answer is no
 * fault of a record: it is asked again for a long time, then the bundle fails.
 */
public final class DecodeTopic extends PTransform<PCollection<TopicRecord>, PCollectionTuple> {

  public static final TupleTag<SourceRecord> MAIN = new TupleTag<>("records") {};
  public static final TupleTag<DeadLetter> DEAD_LETTERS = new TupleTag<>("dead-letters") {};

  private static final long serialVersionUID = 1L;

  private final Stage stage;
  private final @Nullable SchemaLookup lookup;
  private final DecoderFactory decoders;

  /** Makes the decoder on the worker. */
  interface DecoderFactory extends SerializableFunction<@Nullable SchemaLookup, RecordDecoder> {}

  private DecodeTopic(Stage stage, @Nullable SchemaLookup lookup, DecoderFactory decoders) {
    this.stage = stage;
    this.lookup = lookup;
    this.decoders = decoders;
  }

  /** Sales events (Avro) as order lines; of the stage "decode-sales". */
  public static DecodeTopic sales(KafkaAddress address) {
    return new DecodeTopic(Stage.DECODE_SALES, lookup(address), SalesEventDecoder::new);
  }

  /** Stock movements (Avro); of the stage "decode-inventory". */
  public static DecodeTopic inventory(KafkaAddress address) {
    return new DecodeTopic(Stage.DECODE_INVENTORY, lookup(address), InventoryEventDecoder::new);
  }

  /** Customer events (JSON) as rows of customers; of the stage "decode-customers". */
  public static DecodeTopic customers() {
    return new DecodeTopic(Stage.DECODE_CUSTOMERS, null, none -> new CustomerEventDecoder());
  }

  /**
   * Captured changes (JSON) of an operational table; of the stage "decode-cdc-TABLE".
   *
   * @param table "customers", "products", "orders" or "transactions"
   */
  public static DecodeTopic captured(String table) {
    return new DecodeTopic(
        Stage.decodeChanges(table), null, none -> new CapturedChangeDecoder(table));
  }

  private static @Nullable SchemaLookup lookup(KafkaAddress address) {
    String url = address.schemaRegistryUrl();
    return url == null ? null : new SchemaRegistry(url, address.tls().authorities());
  }

  @Override
  public PCollectionTuple expand(PCollection<TopicRecord> records) {
    return records.apply(
        "Decode records",
        ParDo.of(new DecodeFn(stage, lookup, decoders, DEAD_LETTERS))
            .withOutputTags(MAIN, TupleTagList.of(DEAD_LETTERS)));
  }
}
