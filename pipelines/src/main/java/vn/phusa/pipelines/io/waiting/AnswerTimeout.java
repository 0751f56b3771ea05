package vn.phusa.pipelines.io.waiting;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import vn.phusa.options.InvalidOptionException;

/** How long a service may say nothing before an attempt is given up. */
public final class AnswerTimeout {
  /** The system property that says otherwise, as an ISO-8601 duration. */
  public static final String PROPERTY = "phusa.answerTimeout";

  /** When whoever waits says so for the first time. */
  public static final Duration REPORT_AFTER = Duration.ofSeconds(10);

  private static final Duration DEFAULT = Duration.ofMinutes(2);

  /** Services count it in milliseconds, in 32 bits. */
  private static final Duration MAX = Duration.ofDays(1);

  private AnswerTimeout() {}

  /**
   * The limit.
   *
   * @throws InvalidOptionException if the system property is no duration from a millisecond to a
   *     day
   */
  public static Duration limit() {
    String given = System.getProperty(PROPERTY);
    if (given == null) {
      return DEFAULT;
    }
    try {
      Duration limit = Duration.parse(given);
      if (limit.compareTo(Duration.ofMillis(1)) >= 0 && limit.compareTo(MAX) <= 0) {
        return limit;
      }
    } catch (DateTimeParseException e) {
      // Reported below.
    }
    throw InvalidOptionException.ofProperty(
        PROPERTY, "an ISO-8601 duration such as PT2M, of a day at most, expected");
  }
}
