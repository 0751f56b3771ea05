package vn.phusa.transforms.decoding;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;

/** The fields of an Avro event as texts. */
final class EventRecord {
  private static final int USD_SCALE = 4;

  private EventRecord() {}

  static @Nullable String text(GenericRecord event, String field) {
    Object value = event.get(field);
    return value == null ? null : value.toString();
  }

  /** An amount: a double becomes a decimal before anything is computed from it. */
  static @Nullable String usd(GenericRecord event, String field) throws RejectedException {
    Object value = event.get(field);
    if (value == null) {
      return null;
    }
    double number = (Double) value;
    if (!Double.isFinite(number)) {
      throw new RejectedException(Reason.NOT_A_NUMBER, field + " is not a number");
    }
    return BigDecimal.valueOf(number).setScale(USD_SCALE, RoundingMode.HALF_UP).toPlainString();
  }

  /** A timestamp-millis in microseconds. */
  static long micros(GenericRecord event, String field) {
    return EventTimes.microsOfMillis((Long) event.get(field));
  }

  /** Values that may hold nulls, not to be changed. */
  static List<@Nullable String> values(@Nullable String... values) {
    return Collections.unmodifiableList(Arrays.asList(values));
  }
}
