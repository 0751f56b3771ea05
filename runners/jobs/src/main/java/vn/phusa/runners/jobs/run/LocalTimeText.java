package vn.phusa.runners.jobs.run;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import vn.phusa.transforms.windows.SalesWindows;

/** Times as people read them here: all at +07:00, and saying so where they are more than a hint. */
public final class LocalTimeText {
  private static final ZoneOffset VIETNAM = ZoneOffset.ofHours(7);

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT).withZone(VIETNAM);

  private static final DateTimeFormatter EXACT =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern(" xxx")
          .toFormatter(Locale.ROOT)
          .withZone(VIETNAM);

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(VIETNAM);

  private LocalTimeText() {}

  /** The time, to the second. */
  public static String of(Instant time) {
    return SECONDS.format(time);
  }

  /** A five-minute window, as "17:35-17:40". */
  public static String window(Instant start) {
    return MINUTES.format(start) + "-" + MINUTES.format(SalesWindows.endOf(start));
  }

  /** The position as a time, to its last digit, if it is one; else as it is. */
  public static String ofPosition(String position) {
    try {
      return EXACT.format(OffsetDateTime.parse(position));
    } catch (DateTimeException e) {
      return position;
    }
  }
}
