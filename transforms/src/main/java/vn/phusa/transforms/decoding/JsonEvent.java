package vn.phusa.transforms.decoding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;

/** A JSON object, of which fields are taken as text; numbers keep all their digits. */
final class JsonEvent {
  private static final int MAX_DEPTH = 32;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(RecordBytes.MAX_ROW_BYTES)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final JsonNode object;

  private JsonEvent(JsonNode object) {
    this.object = object;
  }

  static JsonEvent read(byte[] value) throws RejectedException {
    String text = RecordBytes.utf8(value);
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      // Its message quotes the text.
      throw new RejectedException(
          Reason.MALFORMED,
          "the value is no JSON that can be read: " + e.getClass().getSimpleName());
    }
    if (node == null || !node.isObject()) {
      throw new RejectedException(Reason.MALFORMED, "the value is no JSON object");
    }
    return new JsonEvent(node);
  }

  /** An object in this one. */
  JsonEvent object(String field) throws RejectedException {
    JsonNode node = object.get(field);
    if (node == null || node.isNull()) {
      throw new RejectedException(Reason.MISSING_FIELD, field + " is missing or null");
    }
    if (!node.isObject()) {
      throw wrongType(field, "an object");
    }
    return new JsonEvent(node);
  }

  /** The names of the fields, in their order. */
  List<String> names() {
    List<String> names = new ArrayList<>(object.size());
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** A text that must be there. */
  String required(String field) throws RejectedException {
    JsonNode node = object.get(field);
    if (node == null || node.isNull()) {
      throw new RejectedException(Reason.MISSING_FIELD, field + " is missing or null");
    }
    if (!node.isTextual()) {
      throw wrongType(field, "a text");
    }
    return node.textValue();
  }

  /** A whole number from 0 on that must be there. */
  int index(String field) throws RejectedException {
    JsonNode node = object.get(field);
    if (node == null || !node.isInt() || node.intValue() < 0) {
      throw wrongType(field, "a whole number");
    }
    return node.intValue();
  }

  /** The texts of a list; none where it is missing or null. */
  Set<String> texts(String field) throws RejectedException {
    JsonNode node = object.get(field);
    if (node == null || node.isNull()) {
      return Set.of();
    }
    Set<String> texts = new HashSet<>();
    for (JsonNode item : node) {
      if (!item.isTextual()) {
        throw wrongType(field, "a list of texts");
      }
      texts.add(item.textValue());
    }
    if (!node.isArray()) {
      throw wrongType(field, "a list of texts");
    }
    return texts;
  }

  /**
   * The text of a value; null where it is missing or null.
   *
   * @param number whether only a number will do: "12" is a text
   */
  @Nullable String value(String field, boolean number) throws RejectedException {
    JsonNode node = object.get(field);
    if (node == null || node.isNull()) {
      return null;
    }
    if (number && !node.isNumber()) {
      throw new RejectedException(Reason.NOT_A_NUMBER, field + " is not a JSON number");
    }
    if (node.isContainerNode()) {
      throw wrongType(field, "a single value");
    }
    return node.asText();
  }

  private static RejectedException wrongType(String field, String expected) {
    return new RejectedException(Reason.WRONG_TYPE, field + " is not " + expected);
  }
}
