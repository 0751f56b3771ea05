package vn.phusa.pipelines.io.kafka.source;

import java.io.Serializable;
import java.time.Instant;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.StreamSettings;

/**
 * Where reading begins in a partition that its group has committed nothing for.
 *
 * @param kind the word of the option
 * @param instant for {@link Kind#INSTANT}: the first record of that Kafka time or a later one; else
 *     null
 */
public record StartPosition(Kind kind, @Nullable Instant instant) implements Serializable {

  /** What can be said. */
  public enum Kind {
    LATEST,
    EARLIEST,
    INSTANT
  }

  public static final StartPosition LATEST = new StartPosition(Kind.LATEST, null);
  public static final StartPosition EARLIEST = new StartPosition(Kind.EARLIEST, null);

  public static StartPosition at(Instant instant) {
    return new StartPosition(Kind.INSTANT, instant);
  }

  /** As the option says it. */
  String text() {
    return instant == null ? kind.name().toLowerCase(Locale.ROOT) : instant.toString();
  }

  /** What the option was read as. */
  public static StartPosition of(StreamSettings.StartPosition option) {
    return switch (option.kind()) {
      case LATEST -> LATEST;
      case EARLIEST -> EARLIEST;
      case AT_TIME -> at(Instant.ofEpochMilli(option.epochMillis()));
    };
  }
}
