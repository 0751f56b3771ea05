package vn.phusa.runners.simulator.core;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.OptionalLong;

/** Times in Vietnam's local time, which the platforms write in different ways. */
public final class LocalTimes {
  public static final ZoneOffset ZONE = ZoneOffset.ofHours(7);
  private static final DateTimeFormatter PLAIN = format("uuuu-MM-dd HH:mm:ss");
  private static final DateTimeFormatter WITH_OFFSET = format("uuuu-MM-dd HH:mm:ss xx");
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendPattern("[XXX][xx]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter DASHED = format("uuuu-MM-dd");
  private static final DateTimeFormatter SLASHED = format("uuuu/MM/dd");

  private LocalTimes() {}

  /** {@code 2018-02-10 16:00:00}. */
  public static String plain(long seconds) {
    return PLAIN.format(local(seconds));
  }

  /** {@code 2018-02-10 16:00:00 +0700}. */
  public static String withOffset(long seconds) {
    return WITH_OFFSET.format(Instant.ofEpochSecond(seconds).atOffset(ZONE));
  }

  /** The local day. */
  public static LocalDate day(long seconds) {
    return local(seconds).toLocalDate();
  }

  /** The seconds of a text like {@code 2018-02-10 16:00:00}; empty for any other. */
  public static OptionalLong parsePlain(String text) {
    try {
      return OptionalLong.of(LocalDateTime.parse(text, PLAIN).toEpochSecond(ZONE));
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  /** The seconds of a text like {@code 2018-02-10T16:00:00+0800}; empty for any other. */
  public static OptionalLong parseIso(String text) {
    try {
      return OptionalLong.of(OffsetDateTime.parse(text, ISO).toEpochSecond());
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  /** The first second of a day like 2020-06-01, or 2020/06/01; empty for any other text. */
  public static OptionalLong parseDay(String text, boolean slashes) {
    try {
      LocalDate day = LocalDate.parse(text, slashes ? SLASHED : DASHED);
      return OptionalLong.of(day.atStartOfDay().toEpochSecond(ZONE));
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  private static LocalDateTime local(long seconds) {
    return LocalDateTime.ofEpochSecond(seconds, 0, ZONE);
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }
}
