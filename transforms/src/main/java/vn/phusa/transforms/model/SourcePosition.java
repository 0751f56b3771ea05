package vn.phusa.transforms.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in its source a record stands. Records and dead letters carry its {@link #text}.
 *
 * <p>Texts are stored, and a replay reads them again: no form changes once it was written.
 *
 * @param text "sales_events/2/17", "orders/7@2025-03-01 09:14:59+07", "returns.csv:12", ...
 */
public record SourcePosition(String text) {
  private static final Pattern IN_TOPIC = Pattern.compile("([^/]+)/(\\d+)/(\\d+)");

  /** A place in a topic of Kafka. */
  public record InTopic(String topic, int partition, long offset) {}

  /** A record of a topic: "sales_events/2/17". */
  public static SourcePosition inTopic(String topic, int partition, long offset) {
    return new SourcePosition(topic + "/" + partition + "/" + offset);
  }

  /** What a table, a collection or a list has under a key: "raw_orders/tiki:order:7". */
  public static SourcePosition of(String container, String key) {
    return new SourcePosition(container + "/" + key);
  }

  /**
   * The state of a row or a document: "orders/7@2025-03-01 09:14:59+07".
   *
   * @param changed when it changed, as its source writes it
   */
  public static SourcePosition of(String container, String key, String changed) {
    return new SourcePosition(container + "/" + key + "@" + changed);
  }

  /**
   * What a list has without a key: "order/#5feceb66...".
   *
   * @param hash of what it holds, so that it is the same when it is met again
   */
  public static SourcePosition withoutKey(String container, String hash) {
    return new SourcePosition(container + "/#" + hash);
  }

  /**
   * A line of a file: "returns.csv:12".
   *
   * @param number from 1
   */
  public static SourcePosition inFile(String file, long number) {
    return new SourcePosition(file + ":" + number);
  }

  /**
   * A line of the order that stands here.
   *
   * @param number from 1
   */
  public SourcePosition line(int number) {
    return new SourcePosition(text + "#" + number);
  }

  /** A line that the order that stands here does not have any more. */
  public SourcePosition withoutLine(String line) {
    return new SourcePosition(text + " without " + line);
  }

  /** The place in a topic; empty for what stands elsewhere. */
  public Optional<InTopic> inTopic() {
    Matcher place = IN_TOPIC.matcher(text);
    if (!place.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new InTopic(
              place.group(1), Integer.parseInt(place.group(2)), Long.parseLong(place.group(3))));
    } catch (NumberFormatException e) {
      // More digits than Kafka has numbers.
      return Optional.empty();
    }
  }
}
