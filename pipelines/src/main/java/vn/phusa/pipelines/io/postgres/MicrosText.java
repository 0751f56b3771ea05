package vn.phusa.pipelines.io.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Instants in microseconds since 1970-01-01 UTC, as PostgreSQL writes and reads them. */
final class MicrosText {
  private static final long PER_SECOND = 1_000_000;

  private MicrosText() {}

  /** "2025-03-01 02:14:59.998877+00" for years 1 to 9999; null for null. */
  static @Nullable String of(@Nullable Long micros) {
    return micros == null ? null : of(micros.longValue());
  }

  static String of(long micros) {
    long seconds = Math.floorDiv(micros, PER_SECOND);
    LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(29);
    digits(text, time.getYear(), 4).append('-');
    digits(text, time.getMonthValue(), 2).append('-');
    digits(text, time.getDayOfMonth(), 2).append(' ');
    digits(text, time.getHour(), 2).append(':');
    digits(text, time.getMinute(), 2).append(':');
    digits(text, time.getSecond(), 2).append('.');
    digits(text, (int) (micros - seconds * PER_SECOND), 6);
    return text.append("+00").toString();
  }

  /** The column's instant; null for null. */
  static @Nullable Long get(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : of(time.toInstant());
  }

  static long of(Instant instant) {
    // Not ChronoUnit.MICROS.between, which counts nanoseconds on the way: those last 292 years
    // only.
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano() / 1_000);
  }

  private static StringBuilder digits(StringBuilder text, int number, int width) {
    String digits = Integer.toString(number);
    for (int i = digits.length(); i < width; i++) {
      text.append('0');
    }
    return text.append(digits);
  }
}
