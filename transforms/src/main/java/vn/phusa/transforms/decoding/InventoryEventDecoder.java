package vn.phusa.transforms.decoding;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.TopicRecord;

/** Stock movements, under the names of inventory_event.avsc and {@code last_modified}. */
public final class InventoryEventDecoder implements RecordDecoder {

  public static final String SOURCE = "inventory_events";

  /** The kind of the records. */
  public static final String KIND = "inventory";

  private static final Schema SCHEMA = AvroValues.schema("inventory_event.avsc");
  private static final String TIME = "event_timestamp";
  private static final List<String> COLUMNS =
      List.of(
          "event_id",
          "product_id",
          "warehouse",
          "quantity_change",
          "stock_after",
          "reason",
          TIME,
          "last_modified");

  private final AvroValues values;

  /**
   * @param lookup null: values are the plain binary encoding
   */
  public InventoryEventDecoder(@Nullable SchemaLookup lookup) {
    this.values = new AvroValues(SCHEMA, lookup);
  }

  @Override
  public String source() {
    return SOURCE;
  }

  @Override
  public SourceRecord decode(TopicRecord record, long nowMicros) throws RejectedException {
    GenericRecord event = values.read(RecordBytes.of(record));
    long moved = EventRecord.micros(event, TIME);
    EventTimes.check(moved, TIME, nowMicros);
    String time = EventTimes.text(moved);
    return SourceRecord.polled(
        SOURCE,
        KIND,
        record.position(),
        COLUMNS,
        EventRecord.values(
            EventRecord.text(event, "event_id"),
            EventRecord.text(event, "product_id"),
            EventRecord.text(event, "warehouse"),
            EventRecord.text(event, "quantity_change"),
            EventRecord.text(event, "stock_after"),
            EventRecord.text(event, "reason"),
            time,
            time));
  }
}
