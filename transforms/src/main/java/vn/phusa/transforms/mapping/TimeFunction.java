package vn.phusa.transforms.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Times as platforms write them. A format is "epoch-seconds", "epoch-millis", "epoch" (either,
 * known apart by magnitude), or a pattern of {@link DateTimeFormatter}; a time without an offset is
 * Vietnamese local time. What does not fit the format comes out as it went in; the ISO forms need
 * no format at all.
 */
final class TimeFunction {

  private static final ZoneOffset VIETNAM = ZoneOffset.ofHours(7);

  /** In seconds this is the year 5138, in milliseconds 1973. */
  private static final BigDecimal FIRST_MILLIS = BigDecimal.valueOf(100_000_000_000L);

  private static final BigDecimal MAX_MICROS = BigDecimal.valueOf(Long.MAX_VALUE);

  private static final Map<String, DateTimeFormatter> FORMATTERS = new ConcurrentHashMap<>();

  private TimeFunction() {}

  static JsonNode of(JsonNode value, JsonNode format) {
    if (value.isNull()) {
      return value;
    }
    return switch (format.asText()) {
      case "epoch-seconds" -> epoch(value, 6);
      case "epoch-millis" -> epoch(value, 3);
      case "epoch" -> epoch(value, isMillis(value) ? 3 : 6);
      default -> pattern(value, format.asText());
    };
  }

  private static boolean isMillis(JsonNode value) {
    BigDecimal number = Decimals.of(value);
    return number != null && number.abs().compareTo(FIRST_MILLIS) >= 0;
  }

  private static JsonNode epoch(JsonNode value, int toMicros) {
    BigDecimal number = Decimals.of(value);
    if (number == null) {
      return value;
    }
    BigDecimal micros = number.scaleByPowerOfTen(toMicros).setScale(0, RoundingMode.FLOOR);
    return micros.abs().compareTo(MAX_MICROS) > 0
        ? value
        : text(Instant.EPOCH.plus(micros.longValueExact(), ChronoUnit.MICROS));
  }

  private static JsonNode pattern(JsonNode value, String pattern) {
    DateTimeFormatter formatter =
        FORMATTERS.computeIfAbsent(pattern, p -> DateTimeFormatter.ofPattern(p, Locale.ROOT));
    try {
      TemporalAccessor parsed =
          formatter.parseBest(
              value.asText().strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      if (parsed instanceof OffsetDateTime time) {
        return text(time.toInstant());
      }
      LocalDateTime local =
          parsed instanceof LocalDateTime time ? time : ((LocalDate) parsed).atStartOfDay();
      return text(local.toInstant(VIETNAM));
    } catch (DateTimeException e) {
      return value;
    }
  }

  private static JsonNode text(Instant instant) {
    return TextNode.valueOf(instant.toString());
  }
}
