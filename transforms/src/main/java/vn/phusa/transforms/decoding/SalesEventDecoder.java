package vn.phusa.transforms.decoding;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.TopicRecord;

/**
 * Sales events as order lines. What decides between two events of one order is Kafka's record time,
 * so that stands as {@code last_modified}; the event's own time is the {@code order_date}.
 */
public final class SalesEventDecoder implements RecordDecoder {

  public static final String SOURCE = "sales_events";

  private static final Schema SCHEMA = AvroValues.schema("sales_event.avsc");
  private static final String TIME = "order_timestamp";
  private static final List<String> COLUMNS =
      List.of(
          "order_id",
          "customer_id",
          "product_id",
          "quantity",
          "unit_price_usd",
          "total_amount_usd",
          "platform",
          "payment_method",
          "city",
          "order_date",
          "last_modified");

  private final AvroValues values;

  /**
   * @param lookup null: values are the plain binary encoding
   */
  public SalesEventDecoder(@Nullable SchemaLookup lookup) {
    this.values = new AvroValues(SCHEMA, lookup);
  }

  @Override
  public String source() {
    return SOURCE;
  }

  @Override
  public SourceRecord decode(TopicRecord record, long nowMicros) throws RejectedException {
    GenericRecord event = values.read(RecordBytes.of(record));
    long ordered = EventRecord.micros(event, TIME);
    EventTimes.check(ordered, TIME, nowMicros);
    // Whatever decides between events may not depend on when they are read: it is never cut to the
    // present.
    long seen = record.getTimestampMicros();
    EventTimes.checkFuture(seen, "Kafka's record time", nowMicros);
    return SourceRecord.polled(
        SOURCE,
        "orders",
        record.position(),
        COLUMNS,
        EventRecord.values(
            EventRecord.text(event, "order_id"),
            EventRecord.text(event, "customer_id"),
            EventRecord.text(event, "product_id"),
            EventRecord.text(event, "quantity"),
            EventRecord.usd(event, "unit_price_usd"),
            EventRecord.usd(event, "total_amount_usd"),
            EventRecord.text(event, "platform"),
            EventRecord.text(event, "payment_method"),
            EventRecord.text(event, "city"),
            EventTimes.text(ordered),
            EventTimes.text(seen < 0 ? ordered : seen)));
  }
}
