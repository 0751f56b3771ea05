package vn.phusa.options;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * {@link ReplayOptions} as values.
 *
 * @param stage the step that rejected them; null: any
 * @param reason why they were rejected; null: whatever
 * @param from when they were last met, inclusive; null: from the first on
 * @param to when they were last met, exclusive; null: up to the last
 * @param allowedLateness how late an event may correct its window
 * @param windowTimeToLive how long a window stays in Redis
 */
public record ReplaySettings(
    String stage,
    String reason,
    Instant from,
    Instant to,
    Duration allowedLateness,
    Duration windowTimeToLive)
    implements Serializable {

  /**
   * Reads the options.
   *
   * @throws InvalidOptionException for the first that is malformed or contradicts another
   */
  public static ReplaySettings of(ReplayOptions options) {
    ReplaySettings settings =
        new ReplaySettings(
            word("stage", options.getStage()),
            word("reason", options.getReason()),
            LoadSettings.instant("from", options.getFrom()),
            LoadSettings.instant("to", options.getTo()),
            LoadSettings.duration("allowedLateness", options.getAllowedLateness()),
            LoadSettings.duration("windowTimeToLive", options.getWindowTimeToLive()));
    if (settings.windowTimeToLive.isZero()) {
      throw new InvalidOptionException("windowTimeToLive", "longer than PT0S expected");
    }
    if (settings.from != null && settings.to != null && !settings.from.isBefore(settings.to)) {
      throw new InvalidOptionException("to", "must be later than --from");
    }
    return settings;
  }

  private static String word(String option, String text) {
    if (text != null && !text.matches("[A-Za-z0-9_-]{1,100}")) {
      throw new InvalidOptionException(option, "a word such as status shows expected");
    }
    return text;
  }
}
