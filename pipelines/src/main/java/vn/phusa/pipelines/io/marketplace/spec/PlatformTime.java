package vn.phusa.pipelines.io.marketplace.spec;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Times as platforms write them. */
public final class PlatformTime implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String SECONDS = "epochSeconds";
  private static final String MILLIS = "epochMillis";
  private static final long MICROS_A_MILLI = 1_000;
  private static final long MICROS_A_SECOND = 1_000_000;

  /** Seconds stay below until the year 5138, milliseconds are above since 1973. */
  private static final long MIN_MILLIS = 100_000_000_000L;

  /** A year, a month and a day in any usual form, and then what there is of a time. */
  private static final DateTimeFormatter LENIENT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu[-][/]MM[-][/]dd[ ]['T'][HH:mm[:ss]]")
          .optionalStart()
          .appendFraction(java.time.temporal.ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .optionalStart()
          .appendLiteral(' ')
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private static final Pattern COMPACT =
      Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:(\\d{2})(\\d{2})(\\d{2}))?");

  private final String format;
  private final ZoneOffset zone;

  private PlatformTime(String format, ZoneOffset zone) {
    this.format = format;
    this.zone = zone;
  }

  /**
   * How a platform writes times.
   *
   * @param format epochSeconds, epochMillis, or a pattern of java.time
   * @param zone the zone of what the pattern writes
   * @throws IllegalArgumentException if it is none of these
   */
  public static PlatformTime of(String format, ZoneOffset zone) {
    PlatformTime text = new PlatformTime(format, zone);
    text.write(Instant.EPOCH);
    return text;
  }

  public String write(Instant time) {
    return switch (format) {
      case SECONDS -> Long.toString(time.getEpochSecond());
      case MILLIS -> Long.toString(time.toEpochMilli());
      default -> DateTimeFormatter.ofPattern(format, Locale.ROOT).withZone(zone).format(time);
    };
  }

  /** Whether it writes numbers. */
  public boolean isNumber() {
    return format.equals(SECONDS) || format.equals(MILLIS);
  }

  /**
   * The time that a text means, in whatever form: seconds or milliseconds since 1970, or a date
   * with or without time and offset, with or without marks between its numbers.
   *
   * @param zone of a text without an offset
   * @return microseconds since 1970-01-01 UTC; null if it is no time
   */
  public static @Nullable Long micros(String text, ZoneOffset zone) {
    String stripped = dashed(text.strip());
    if (isDigits(stripped)) {
      long number = Long.parseLong(stripped);
      return number >= MIN_MILLIS ? number * MICROS_A_MILLI : number * MICROS_A_SECOND;
    }
    try {
      TemporalAccessor read =
          LENIENT.parseBest(stripped, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      Instant instant =
          read instanceof OffsetDateTime offset
              ? offset.toInstant()
              : read instanceof LocalDateTime local
                  ? local.toInstant(zone)
                  : ((LocalDate) read).atStartOfDay().toInstant(zone);
      return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** 20250301 and 20250301093000 are dates: as seconds or milliseconds they lie far off. */
  private static String dashed(String text) {
    Matcher compact = COMPACT.matcher(text);
    if (!compact.matches()) {
      return text;
    }
    String date = compact.group(1) + "-" + compact.group(2) + "-" + compact.group(3);
    return compact.group(4) == null
        ? date
        : date + " " + compact.group(4) + ":" + compact.group(5) + ":" + compact.group(6);
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty()
        && text.length() <= 15
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
