package vn.phusa.options;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * {@link StreamOptions} as values.
 *
 * @param consumerGroup whose committed offsets are gone on with
 * @param start where partitions without a committed offset begin
 * @param topics those to read; empty: all
 * @param allowedLateness how late an event may correct its window
 * @param windowTimeToLive how long a window stays in Redis
 * @param endsNow whether the stream ends where the topics end at its start
 * @param warehouseFlush how long an event waits at most to be written to the warehouse
 * @param windowFlush how long after a sale touched it a window is shown, open or closed
 * @param retention how long housekeeping rows are kept
 * @param historyHorizon how old a change that makes no difference may be to be remembered; null:
 *     all are
 */
public record StreamSettings(
    String consumerGroup,
    StartPosition start,
    Set<String> topics,
    Duration allowedLateness,
    Duration windowTimeToLive,
    boolean endsNow,
    Duration warehouseFlush,
    Duration windowFlush,
    Duration retention,
    @Nullable Duration historyHorizon)
    implements Serializable {

  /** At most 30 s from arrival to the warehouse, of which reading and writing take their part. */
  private static final Duration MAX_WAREHOUSE_FLUSH = Duration.ofSeconds(25);

  private static final Pattern KAFKA_NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  /** The set of topics does not change afterwards. */
  public StreamSettings {
    topics = Set.copyOf(topics);
  }

  /**
   * Where a partition without a committed offset begins.
   *
   * @param kind which of the ways
   * @param epochMillis the record time to begin at; 0 unless the kind says so
   */
  public record StartPosition(Kind kind, long epochMillis) implements Serializable {

    /** The ways. */
    public enum Kind {
      LATEST,
      EARLIEST,
      AT_TIME
    }

    private static Optional<StartPosition> parse(String text) {
      if (text.equals("latest")) {
        return Optional.of(new StartPosition(Kind.LATEST, 0));
      }
      if (text.equals("earliest")) {
        return Optional.of(new StartPosition(Kind.EARLIEST, 0));
      }
      try {
        long millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
        return Optional.of(new StartPosition(Kind.AT_TIME, millis));
      } catch (DateTimeException | ArithmeticException e) {
        return Optional.empty();
      }
    }
  }

  /**
   * Reads the options.
   *
   * @throws InvalidOptionException for the first that is malformed or contradicts another
   */
  public static StreamSettings of(StreamOptions options) {
    StreamSettings settings =
        new StreamSettings(
            kafkaName("consumerGroup", options.getConsumerGroup()),
            start(options.getStartPosition()),
            topics(options.getTopics()),
            LoadSettings.duration("allowedLateness", options.getAllowedLateness()),
            longerThanZero("windowTimeToLive", options.getWindowTimeToLive()),
            endsNow(options.getUntil()),
            longerThanZero("warehouseFlush", options.getWarehouseFlush()),
            longerThanZero("windowFlush", options.getWindowFlush()),
            LoadSettings.duration("retention", options.getRetention()),
            LoadSettings.horizon(options.getHistoryHorizon()));
    if (settings.warehouseFlush.compareTo(MAX_WAREHOUSE_FLUSH) > 0) {
      throw new InvalidOptionException(
          "warehouseFlush", "at most " + MAX_WAREHOUSE_FLUSH + " expected");
    }
    if (settings.windowTimeToLive.compareTo(settings.allowedLateness) <= 0) {
      throw new InvalidOptionException(
          "windowTimeToLive", "must be longer than --allowedLateness, or late events are lost");
    }
    return settings;
  }

  private static StartPosition start(String text) {
    return StartPosition.parse(text)
        .orElseThrow(
            () ->
                new InvalidOptionException(
                    "startPosition",
                    "latest, earliest or an instant (2025-03-01T00:00:00Z) expected"));
  }

  private static boolean endsNow(String until) {
    if (until != null && !until.equals("now")) {
      throw new InvalidOptionException("until", "now expected");
    }
    return until != null;
  }

  private static Set<String> topics(String names) {
    Set<String> topics = new TreeSet<>();
    if (names != null) {
      Arrays.stream(names.split(",", -1))
          .map(name -> kafkaName("topics", name.strip()))
          .forEach(topics::add);
    }
    return topics;
  }

  private static String kafkaName(String option, String name) {
    if (!KAFKA_NAME.matcher(name).matches()) {
      throw new InvalidOptionException(
          option, "letters, digits, dots, dashes and underscores expected");
    }
    return name;
  }

  private static Duration longerThanZero(String option, String text) {
    Duration duration = LoadSettings.duration(option, text);
    if (duration.isZero()) {
      throw new InvalidOptionException(option, "longer than PT0S expected");
    }
    return duration;
  }
}
