package vn.phusa.transforms.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Function;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What expressions can call besides JSLT's own functions. Numbers are exact decimals throughout; a
 * value that a function cannot read comes out as it went in, so that the cleansing rejects it under
 * the column's name.
 */
final class MappingFunctions {

  /**
   * decimal(x): a number, or a text with one, also with thousands separators ("99,000.00"); null
   * for an empty one. positive(x): the same, and null unless it is above zero. plus, minus, times
   * (a, b): null where one of the two is. total(array), least(array): of the numbers in it; null
   * where there are none. time(x, format): see {@link TimeFunction}. unmasked(x): null for a text
   * that is empty or hidden behind asterisks. word(table, code): what a table of words has for the
   * code in any case, else the code. spaced(array): its texts with blanks between.
   */
  static final List<Function> ALL =
      List.of(
          new NamedFunction("decimal", 1, args -> Decimals.read(args[0])),
          new NamedFunction("positive", 1, args -> positive(args[0])),
          new NamedFunction("plus", 2, args -> Decimals.combine(args, BigDecimal::add)),
          new NamedFunction("minus", 2, args -> Decimals.combine(args, BigDecimal::subtract)),
          new NamedFunction("times", 2, args -> Decimals.combine(args, BigDecimal::multiply)),
          new NamedFunction("total", 1, args -> total(args[0])),
          new NamedFunction("least", 1, args -> least(args[0])),
          new NamedFunction("time", 2, args -> TimeFunction.of(args[0], args[1])),
          new NamedFunction("unmasked", 1, args -> unmasked(args[0])),
          new NamedFunction("word", 2, args -> word(args[0], args[1])),
          new NamedFunction("spaced", 1, args -> spaced(args[0])));

  private MappingFunctions() {}

  /** What a function does with its arguments. */
  private interface Body {
    JsonNode call(JsonNode[] arguments);
  }

  /** A function with a fixed number of arguments. */
  private record NamedFunction(String name, int arguments, Body body) implements Function {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public int getMinArguments() {
      return arguments;
    }

    @Override
    public int getMaxArguments() {
      return arguments;
    }

    @Override
    public JsonNode call(JsonNode input, JsonNode[] given) {
      return body.call(given);
    }
  }

  private static JsonNode positive(JsonNode node) {
    BigDecimal number = Decimals.of(node);
    return number == null
        ? Decimals.read(node)
        : number.signum() > 0 ? Decimals.node(number) : NullNode.instance;
  }

  private static JsonNode total(JsonNode array) {
    JsonNode sum = NullNode.instance;
    for (JsonNode element : array) {
      JsonNode next = Decimals.read(element);
      if (!next.isNull()) {
        sum = sum.isNull() ? next : Decimals.combine(new JsonNode[] {sum, next}, BigDecimal::add);
      }
    }
    return sum;
  }

  private static JsonNode least(JsonNode array) {
    if (!(array instanceof ArrayNode elements)) {
      return NullNode.instance;
    }
    List<BigDecimal> numbers = new ArrayList<>();
    for (JsonNode element : elements) {
      JsonNode read = Decimals.read(element);
      BigDecimal number = Decimals.of(read);
      if (number == null && !read.isNull()) {
        return read;
      }
      numbers.add(number);
    }
    return numbers.stream()
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .map(Decimals::node)
        .orElse(NullNode.instance);
  }

  private static JsonNode unmasked(JsonNode node) {
    return !node.isValueNode() || node.asText().indexOf('*') >= 0 || node.asText().isBlank()
        ? NullNode.instance
        : node;
  }

  private static JsonNode word(JsonNode table, JsonNode code) {
    if (code.isNull() || !code.isValueNode()) {
      return code;
    }
    String text = code.asText();
    JsonNode word = table.get(text);
    for (var names = table.fieldNames(); word == null && names.hasNext(); ) {
      String name = names.next();
      word = name.equalsIgnoreCase(text) ? table.get(name) : null;
    }
    return word == null ? TextNode.valueOf(text) : word;
  }

  private static JsonNode spaced(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(
        element -> {
          if (element.isValueNode() && !element.isNull() && !element.asText().isBlank()) {
            texts.add(element.asText());
          }
        });
    return texts.isEmpty() ? NullNode.instance : TextNode.valueOf(String.join(" ", texts));
  }
}
