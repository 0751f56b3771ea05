package vn.phusa.transforms.errors;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;

/**
 * Writes typed values back with the names of the source's table, so that their dead letter can be
 * replayed, and makes the record of it again. Fields with an {@code @} say what the record was
 * besides its values: what it did, and where it stands among the others of its key. Not
 * thread-safe.
 */
public final class RecordPayload {
  private static final String OPERATION = "@operation";
  private static final String ORDERED = "@ordered";
  private static final String LSN = "@lsn";
  private static final String INDEX = "@index";
  private static final String OBSERVED = "@observed";

  private final List<String> columns = new ArrayList<>();
  private final List<@Nullable String> values = new ArrayList<>();
  private final List<String> leftOut;

  private RecordPayload(List<String> leftOut) {
    this.leftOut = leftOut;
  }

  /**
   * @param leftOut columns that the record did not carry, and that its payload is to lack too
   */
  public static RecordPayload without(List<String> leftOut) {
    return new RecordPayload(leftOut);
  }

  /** A value of the record; null where it carried null. */
  public RecordPayload add(String column, @Nullable Object value) {
    if (!leftOut.contains(column)) {
      columns.add(column);
      values.add(
          value instanceof BigDecimal number
              ? number.toPlainString()
              : value == null ? null : value.toString());
    }
    return this;
  }

  /** A value that most records do not have a column for. */
  public RecordPayload addKnown(String column, @Nullable Object value) {
    return value == null ? this : add(column, value);
  }

  /**
   * A time.
   *
   * @param micros since 1970-01-01 UTC
   */
  public RecordPayload addTime(String column, @Nullable Long micros) {
    return add(column, micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  /** The payload, with what the record was besides. */
  public Payload of(Operation operation, ChangeStamp stamp) {
    add(OPERATION, operation);
    if (stamp.getCommitLsn() != null) {
      add(LSN, stamp.getCommitLsn());
      add(INDEX, stamp.getCommitIndex());
    }
    if (stamp.getCommitLsn() != null || stamp.getOrderedMicros() != stamp.getModifiedMicros()) {
      add(ORDERED, stamp.getOrderedMicros());
    }
    addKnown(OBSERVED, stamp.getObservedMicros());
    return Payload.of(columns, values);
  }

  /** Whether a payload says what its record was besides its values. */
  public static boolean isWhole(Map<String, @Nullable String> fields) {
    return fields.get(OPERATION) != null;
  }

  /**
   * The record of a whole payload.
   *
   * @param fields a whole payload's
   * @throws IllegalArgumentException if the payload is none of ours
   */
  public static SourceRecord record(
      String source, String kind, String position, Map<String, @Nullable String> fields) {
    List<String> columns = new ArrayList<>();
    List<@Nullable String> values = new ArrayList<>();
    fields.forEach(
        (column, value) -> {
          if (!column.startsWith("@")) {
            columns.add(column);
            values.add(value);
          }
        });
    Long index = number(fields.get(INDEX));
    return SourceRecord.create(
            source,
            kind,
            position,
            Operation.valueOf(fields.get(OPERATION)),
            number(fields.get(ORDERED)),
            number(fields.get(LSN)),
            index == null ? 0 : Math.toIntExact(index),
            columns,
            values)
        .observedAt(number(fields.get(OBSERVED)));
  }

  private static @Nullable Long number(@Nullable String text) {
    return text == null ? null : Long.valueOf(text);
  }
}
