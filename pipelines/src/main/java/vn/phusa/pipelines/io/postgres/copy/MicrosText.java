package vn.phusa.pipelines.io.postgres.copy;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Instants in microseconds since 1970-01-01 UTC, as PostgreSQL writes and reads them. */
public final class MicrosText {
  /** The number of characters of each. */
  static final int LENGTH = 29;

  private static final long PER_SECOND = 1_000_000;
  private static final long PER_DAY = 86_400 * PER_SECOND;

  private MicrosText() {}

  /** "2025-03-01 02:14:59.998877+00" for years 1 to 9999; null for null. */
  public static @Nullable String of(@Nullable Long micros) {
    return micros == null ? null : of(micros.longValue());
  }

  public static String of(long micros) {
    byte[] text = new byte[LENGTH];
    put(text, 0, micros);
    return new String(text, StandardCharsets.US_ASCII);
  }

  /** Writes the same text and returns where it ends. */
  static int put(byte[] bytes, int at, long micros) {
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(micros, PER_DAY));
    long time = Math.floorMod(micros, PER_DAY);
    long seconds = time / PER_SECOND;
    int next = Digits.putPadded(bytes, at, day.getYear(), 4);
    next = padded(bytes, next, '-', day.getMonthValue());
    next = padded(bytes, next, '-', day.getDayOfMonth());
    next = padded(bytes, next, ' ', seconds / 3_600);
    next = padded(bytes, next, ':', seconds / 60 % 60);
    next = padded(bytes, next, ':', seconds % 60);
    bytes[next++] = '.';
    next = Digits.putPadded(bytes, next, time % PER_SECOND, 6);
    bytes[next++] = '+';
    return Digits.putPadded(bytes, next, 0, 2);
  }

  private static int padded(byte[] bytes, int at, char before, long number) {
    bytes[at] = (byte) before;
    return Digits.putPadded(bytes, at + 1, number, 2);
  }

  /** The column's instant; null for null. */
  public static @Nullable Long get(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : of(time.toInstant());
  }

  public static long of(Instant instant) {
    // Not ChronoUnit.MICROS.between, which counts nanoseconds on the way: those last 292 years
    // only.
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano() / 1_000);
  }
}
