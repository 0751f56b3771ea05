package vn.phusa.transforms.cleansing;

import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;

/** Source records for tests. */
final class Records {

  /** 2025-03-01T02:14:59.998877Z. */
  static final String MODIFIED = "2025-03-01 02:14:59.998877+00";

  static final long MODIFIED_MICROS = 1_740_795_299_998_877L;

  private Records() {}

  /** A polled row: the key "K1", last_modified, and names and values in turn. */
  static SourceRecord row(String keyColumn, @Nullable String... namesAndValues) {
    List<String> all = new ArrayList<>(List.of(keyColumn, "K1", "last_modified", MODIFIED));
    for (String item : namesAndValues) {
      all.add(item);
    }
    return of(Operation.UPSERT, null, all.toArray(new String[0]));
  }

  /** A record of names and values in turn. */
  static SourceRecord of(
      Operation operation, @Nullable Long orderedMicros, @Nullable String... namesAndValues) {
    List<String> columns = new ArrayList<>();
    List<@Nullable String> values = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      columns.add(namesAndValues[i]);
      values.add(namesAndValues[i + 1]);
    }
    return SourceRecord.create(
        "oltp",
        "any",
        "any/" + values.get(0),
        operation,
        orderedMicros,
        orderedMicros == null ? null : -1L,
        orderedMicros == null ? 0 : 3,
        columns,
        values);
  }
}
