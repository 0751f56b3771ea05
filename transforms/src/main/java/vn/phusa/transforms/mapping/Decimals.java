package vn.phusa.transforms.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.math.BigDecimal;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Numbers in JSON, as numbers or as texts. */
final class Decimals {

  private static final Pattern WITH_SEPARATORS =
      Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d+)?");
  private static final Pattern PLAIN = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

  /** More digits than any amount has; sums of numbers far apart would be written out in full. */
  private static final int MAX_DIGITS = 100;

  private Decimals() {}

  /** The number; null for null and empty text; anything else as it is. */
  static JsonNode read(JsonNode node) {
    if (node.isTextual() && node.textValue().isBlank()) {
      return NullNode.instance;
    }
    BigDecimal number = of(node);
    return number == null ? node : node(number);
  }

  /** The number; null where it is none, or one that cannot be reckoned with. */
  static @Nullable BigDecimal of(JsonNode node) {
    BigDecimal number = null;
    if (node.isNumber()) {
      number = node.decimalValue();
    } else if (node.isTextual() && node.textValue().length() <= MAX_DIGITS) {
      String text = node.textValue().strip();
      if (WITH_SEPARATORS.matcher(text).matches()) {
        number = new BigDecimal(text.replace(",", ""));
      } else if (PLAIN.matcher(text).matches()) {
        number = new BigDecimal(text);
      }
    }
    return number == null || isHuge(number) ? null : number;
  }

  static JsonNode node(BigDecimal number) {
    return DecimalNode.valueOf(number);
  }

  /**
   * Of two numbers a third; null where one is null, the one that cannot be read where one cannot.
   */
  static JsonNode combine(JsonNode[] two, BinaryOperator<BigDecimal> how) {
    for (JsonNode one : two) {
      JsonNode read = read(one);
      if (read.isNull() || of(read) == null) {
        return read;
      }
    }
    return node(how.apply(of(two[0]), of(two[1])));
  }

  private static boolean isHuge(BigDecimal number) {
    return Math.abs((long) number.scale()) > MAX_DIGITS || number.precision() > MAX_DIGITS;
  }
}
