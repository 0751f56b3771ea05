package vn.phusa.transforms.decoding;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.TopicRecord;

/**
 * Customer events as rows of customers. An event carries the whole state: what it does not name is
 * null, and not absent. The event's time is the row's {@code last_modified}.
 */
public final class CustomerEventDecoder implements RecordDecoder {

  public static final String SOURCE = "customer_events";

  private static final String TIME = "event_timestamp";
  private static final List<String> COLUMNS = OperationalColumns.CUSTOMERS;

  @Override
  public String source() {
    return SOURCE;
  }

  @Override
  public SourceRecord decode(TopicRecord record, long nowMicros) throws RejectedException {
    JsonEvent event = JsonEvent.read(RecordBytes.of(record));
    Operation operation = operation(event.required("event_type"));
    long happened = EventTimes.parse(event.value(TIME, false), TIME);
    EventTimes.check(happened, TIME, nowMicros);
    JsonEvent customer = event.object("customer");
    @Nullable String[] values = new String[COLUMNS.size()];
    int last = values.length - 1;
    for (int i = 0; i < last; i++) {
      String column = COLUMNS.get(i);
      values[i] = customer.value(column, OperationalColumns.isNumber(column));
    }
    values[last] = EventTimes.text(happened);
    return SourceRecord.create(
        SOURCE,
        "customers",
        record.position(),
        operation,
        null,
        null,
        0,
        COLUMNS,
        EventRecord.values(values));
  }

  private static Operation operation(String type) throws RejectedException {
    return switch (type) {
      case "customer.created", "customer.updated" -> Operation.UPSERT;
      case "customer.deleted" -> Operation.DELETE;
      default ->
          throw new RejectedException(
              Reason.UNKNOWN_OPERATION,
              "event_type is none of customer.created, customer.updated, customer.deleted");
    };
  }
}
