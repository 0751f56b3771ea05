package vn.phusa.transforms.decoding;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.cleansing.TimestampParser;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;

/** Times that events say, and whether an event can have happened then. */
final class EventTimes {
  private static final long DAY_MICROS = TimeUnit.DAYS.toMicros(1);

  /** The first day of the calendar. */
  private static final long FIRST_MICROS =
      TimeUnit.SECONDS.toMicros(
          LocalDate.of(2009, 1, 1).atStartOfDay().toEpochSecond(ZoneOffset.ofHours(7)));

  private EventTimes() {}

  /** The time that a text says. */
  static long parse(@Nullable String text, String field) throws RejectedException {
    if (text == null || text.isBlank()) {
      throw new RejectedException(Reason.MISSING_TIME, field + " is missing or null");
    }
    long micros = TimestampParser.micros(text);
    if (micros == TimestampParser.MALFORMED) {
      throw new RejectedException(Reason.NOT_A_TIME, field + " is not a time");
    }
    if (micros == TimestampParser.OUT_OF_RANGE) {
      throw new RejectedException(Reason.OUT_OF_RANGE, field + " is outside the years 1 to 9999");
    }
    return micros;
  }

  /** Rejects a time before the calendar begins, or a day or more after the present. */
  static void check(long micros, String field, long nowMicros) throws RejectedException {
    if (micros < FIRST_MICROS) {
      throw new RejectedException(Reason.OUT_OF_CALENDAR, field + " is before 2009");
    }
    checkFuture(micros, field, nowMicros);
  }

  /** Rejects a time a day or more after the present. */
  static void checkFuture(long micros, String field, long nowMicros) throws RejectedException {
    if (micros >= nowMicros + DAY_MICROS) {
      throw new RejectedException(Reason.IN_FUTURE, field + " is a day or more after the present");
    }
  }

  /** Milliseconds as microseconds; far beyond any calendar they stay far beyond. */
  static long microsOfMillis(long millis) {
    return TimeUnit.MILLISECONDS.toMicros(millis);
  }

  /** The ISO-8601 text of a time that was checked. */
  static String text(long micros) {
    return Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L)
        .toString();
  }
}
