package vn.phusa.transforms.decoding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.TopicRecord;

/**
 * Captured changes of one table of the operational database. A column that the change did not carry
 * is absent; a row that was read in a snapshot counts as polled. Not safe for several threads.
 */
public final class CapturedChangeDecoder implements RecordDecoder {

  /** Polled and captured rows name the same source. */
  public static final String SOURCE = "oltp";

  private static final String TIME = "timestamp";
  private static final int MAX_LAYOUTS = 1_000;

  private final String table;
  private final Set<String> read;

  /** Few lists of columns are met: sharing them spares the next steps much work. */
  private final Map<List<String>, List<String>> layouts = new HashMap<>();

  /**
   * @param table the only one that the topic is to hold
   */
  public CapturedChangeDecoder(String table) {
    this.table = table;
    this.read = OperationalColumns.of(table);
  }

  @Override
  public String source() {
    return SOURCE;
  }

  @Override
  public SourceRecord decode(TopicRecord record, long nowMicros) throws RejectedException {
    JsonEvent change = JsonEvent.read(RecordBytes.ofRow(record));
    if (!table.equals(change.required("table"))) {
      throw new RejectedException(
          Reason.WRONG_TYPE, "the change is of another table than " + table);
    }
    String operation = change.required("operation");
    return switch (operation) {
      case "READ" -> polled(record, change, nowMicros);
      case "INSERT", "UPDATE" ->
          captured(record, change, Operation.UPSERT, change.object("data"), nowMicros);
      case "DELETE" -> captured(record, change, Operation.DELETE, change.object("key"), nowMicros);
      case "TRUNCATE" ->
          throw new RejectedException(
              Reason.UNKNOWN_OPERATION,
              "the table was truncated, which no row says: its rows stay in the warehouse");
      default ->
          throw new RejectedException(
              Reason.UNKNOWN_OPERATION,
              "operation is none of READ, INSERT, UPDATE, DELETE, TRUNCATE");
    };
  }

  private SourceRecord polled(TopicRecord record, JsonEvent change, long nowMicros)
      throws RejectedException {
    Fields fields = fields(change.object("data"), Set.of());
    checkModified(fields, nowMicros);
    return SourceRecord.polled(SOURCE, table, record.position(), fields.columns(), fields.values())
        .observedAt(observed(change, nowMicros));
  }

  /** When the snapshot was taken; null where the record does not say. */
  private static @Nullable Long observed(JsonEvent change, long nowMicros)
      throws RejectedException {
    String text = change.value(TIME, false);
    if (text == null) {
      return null;
    }
    long observed = EventTimes.parse(text, TIME);
    EventTimes.check(observed, TIME, nowMicros);
    return observed;
  }

  private SourceRecord captured(
      TopicRecord record, JsonEvent change, Operation operation, JsonEvent row, long nowMicros)
      throws RejectedException {
    long committed = EventTimes.parse(change.value(TIME, false), TIME);
    EventTimes.check(committed, TIME, nowMicros);
    Set<String> unchanged = change.texts("unchanged");
    if (operation == Operation.UPSERT) {
      checkLeftOut(unchanged);
    }
    Fields fields = fields(row, unchanged);
    checkModified(fields, nowMicros);
    return SourceRecord.create(
        SOURCE,
        table,
        record.position(),
        operation,
        committed,
        lsn(change.required("lsn")),
        change.index("index"),
        fields.columns(),
        fields.values());
  }

  /** Taken as a null, a number or time that did not change would be lost without a word. */
  private void checkLeftOut(Set<String> unchanged) throws RejectedException {
    for (String column : unchanged) {
      if (read.contains(column) && !OperationalColumns.mayBeLeftOut(column)) {
        throw new RejectedException(
            Reason.MISSING_FIELD,
            column + " was left out as unchanged, which only texts of " + table + " can be");
      }
    }
  }

  /** As of polled rows: an application's wrong clock would rule for ever. */
  private static void checkModified(Fields fields, long nowMicros) throws RejectedException {
    int place = fields.columns().indexOf(OperationalColumns.MODIFIED);
    String modified = place < 0 ? null : fields.values().get(place);
    if (modified != null && !modified.isBlank()) {
      EventTimes.checkFuture(
          EventTimes.parse(modified, OperationalColumns.MODIFIED),
          OperationalColumns.MODIFIED,
          nowMicros);
    }
  }

  /** What a row carries, column by column. */
  private record Fields(List<String> columns, List<@Nullable String> values) {}

  /** Whatever stands in a column that nobody reads: a shop's own may hold a document. */
  private Fields fields(JsonEvent row, Set<String> unchanged) throws RejectedException {
    List<String> columns = new ArrayList<>();
    List<@Nullable String> values = new ArrayList<>();
    for (String column : row.names()) {
      if (read.contains(column) && !unchanged.contains(column)) {
        columns.add(column);
        values.add(row.value(column, OperationalColumns.isNumber(column)));
      }
    }
    if (layouts.size() >= MAX_LAYOUTS) {
      layouts.clear();
    }
    return new Fields(
        layouts.computeIfAbsent(List.copyOf(columns), same -> same),
        Collections.unmodifiableList(values));
  }

  private static long lsn(String text) throws RejectedException {
    try {
      return Long.parseUnsignedLong(text, 16);
    } catch (NumberFormatException e) {
      throw new RejectedException(Reason.WRONG_TYPE, "lsn is not a hexadecimal number");
    }
  }
}
