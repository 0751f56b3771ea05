package vn.phusa.options;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * {@link LoadOptions} as values.
 *
 * @param fromBeginning whether watermarks are passed over
 * @param from the earliest modification that is loaded; null: from the watermark on
 * @param to the modification before which loading ends; null: the safe upper bound
 * @param waveRows the most rows of one wave; 0: all at once
 * @param overlap how far behind a watermark is read again
 * @param safetyLag how far behind the present is read
 * @param retention how long housekeeping rows are kept
 * @param historyHorizon how old a change that makes no difference may be to be remembered; null:
 *     all are
 * @param oltpTimeZone the zone of the source's naive times; null: nobody said
 */
public record LoadSettings(
    boolean fromBeginning,
    Instant from,
    Instant to,
    long waveRows,
    Duration overlap,
    Duration safetyLag,
    Duration retention,
    @Nullable Duration historyHorizon,
    @Nullable ZoneId oltpTimeZone)
    implements Serializable {

  private static final Duration MIN_HORIZON = Duration.ofDays(7);
  private static final ZoneOffset VIETNAM = ZoneOffset.ofHours(7);

  /** Beyond these, calendars differ, and databases refuse what others write. */
  private static final Instant EARLIEST = Instant.parse("1899-12-31T17:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T17:00:00Z");

  /**
   * Reads the options.
   *
   * @throws InvalidOptionException for the first that is malformed or contradicts another
   */
  public static LoadSettings of(LoadOptions options) {
    LoadSettings settings =
        new LoadSettings(
            options.isFromBeginning(),
            instant("from", options.getFrom()),
            instant("to", options.getTo()),
            options.getWaveRows(),
            duration("overlap", options.getOverlap()),
            duration("safetyLag", options.getSafetyLag()),
            duration("retention", options.getRetention()),
            horizon(options.getHistoryHorizon()),
            zone("oltpTimeZone", options.getOltpTimeZone()));
    if (settings.waveRows < 0) {
      throw new InvalidOptionException("waveRows", "0 or more expected");
    }
    if (settings.fromBeginning && settings.from != null) {
      throw new InvalidOptionException("from", "not together with --fromBeginning");
    }
    if (settings.from != null && settings.to != null && !settings.from.isBefore(settings.to)) {
      throw new InvalidOptionException("to", "must be later than --from");
    }
    return settings;
  }

  /** Whether only a period is loaded, so that no watermark moves. */
  public boolean isBackfill() {
    return from != null || to != null;
  }

  /**
   * An ISO-8601 duration that is not negative, e.g. PT5M or P400D.
   *
   * @throws InvalidOptionException if it is none
   */
  public static Duration duration(String option, String text) {
    try {
      Duration duration = Duration.parse(text);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeException e) {
      // Reported below, in the option's own words.
    }
    throw new InvalidOptionException(
        option, "a duration such as PT30S, PT5M or P400D expected, not \"" + text + "\"");
  }

  /** A transaction may have begun before a horizon, and committed after it. */
  static @Nullable Duration horizon(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Duration horizon = duration("historyHorizon", text);
    if (horizon.compareTo(MIN_HORIZON) < 0) {
      throw new InvalidOptionException("historyHorizon", "P7D or more expected");
    }
    return horizon;
  }

  /** An offset or a region's name: other forms mean different things to different programs. */
  private static @Nullable ZoneId zone(String option, @Nullable String text) {
    if (text == null) {
      return null;
    }
    if (text.equals("UTC") || text.equals("Z")) {
      return ZoneOffset.UTC;
    }
    try {
      ZoneId zone = ZoneId.of(text);
      if (zone instanceof ZoneOffset || text.contains("/")) {
        return zone;
      }
    } catch (DateTimeException e) {
      // Reported below, in the option's own words.
    }
    throw new InvalidOptionException(
        option, "UTC, an offset such as +07:00, or a name such as Asia/Tokyo expected");
  }

  /**
   * An instant or the beginning of a Vietnamese day, from 1900 to 9999; null for null.
   *
   * @throws InvalidOptionException for anything else
   */
  static Instant instant(String option, String text) {
    if (text == null) {
      return null;
    }
    return parsed(() -> OffsetDateTime.parse(text).toInstant())
        .or(() -> parsed(() -> LocalDate.parse(text).atStartOfDay().toInstant(VIETNAM)))
        .filter(instant -> !instant.isBefore(EARLIEST) && instant.isBefore(LATEST))
        .orElseThrow(
            () ->
                new InvalidOptionException(
                    option,
                    "an instant (2025-03-01T00:00:00Z) or a day (2025-03-01) from 1900 to 9999"
                        + " expected, not \""
                        + text
                        + "\""));
  }

  private static Optional<Instant> parsed(Supplier<Instant> way) {
    try {
      return Optional.of(way.get());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
