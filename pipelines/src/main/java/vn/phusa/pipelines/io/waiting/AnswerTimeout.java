package vn.phusa.pipelines.io.waiting;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import vn.phusa.options.InvalidOptionException;

/** How long a service may say nothing before an attempt is given up. */
public final class AnswerTimeout {
  /** The system property that says otherwise, as an ISO-8601 duration. */
  public static final String PROPERTY = "phusa.answerTimeout";

  /** When whoever waits says so for the first time. */
  public static final Duration TELL_AFTER = Duration.ofSeconds(10);

  private static final Duration DEFAULT = Duration.ofMinutes(2);

  private AnswerTimeout() {}

  /**
   * The limit.
   *
   * @throws InvalidOptionException if the system property is not a positive duration
   */
  public static Duration limit() {
    String given = System.getProperty(PROPERTY);
    if (given == null) {
      return DEFAULT;
    }
    try {
      Duration limit = Duration.parse(given);
      if (limit.toMillis() > 0) {
        return limit;
      }
    } catch (DateTimeParseException e) {
      // Told below.
    }
    throw new InvalidOptionException(
        "D" + PROPERTY, "a positive ISO-8601 duration such as PT2M expected (PHUSA_JAVA_OPTS)");
  }
}
