package vn.phusa.pipelines.io.warehouse.fact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.ChangeStamp;

/**
 * The marks of a row's columns as the table holds them: an object with, for each column that has a
 * mark of its own, [ordered, lsn, index, observed, content hash], times in microseconds, or null
 * where no state has reported it.
 */
final class ColumnMarksJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ColumnMarksJson() {}

  /** Null for no marks. */
  static @Nullable String write(Map<String, ColumnMark> marks) {
    if (marks.isEmpty()) {
      return null;
    }
    ObjectNode json = JSON.createObjectNode();
    new TreeMap<>(marks).forEach((column, mark) -> put(json, column, mark));
    return json.toString();
  }

  private static void put(ObjectNode json, String column, ColumnMark mark) {
    ChangeStamp stamp = mark.stamp();
    UUID hash = mark.contentHash();
    if (stamp == null || hash == null) {
      json.putNull(column);
      return;
    }
    ArrayNode parts = json.putArray(column);
    parts.add(stamp.getOrderedMicros()).add(stamp.getCommitLsn()).add(stamp.getCommitIndex());
    parts.add(stamp.getObservedMicros()).add(hash.toString());
  }

  /** No marks for null. */
  static Map<String, ColumnMark> read(@Nullable String text) {
    if (text == null) {
      return Map.of();
    }
    Map<String, ColumnMark> marks = new TreeMap<>();
    try {
      JSON.readTree(text)
          .fields()
          .forEachRemaining(field -> marks.put(field.getKey(), mark(field.getValue())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("column_marks is no JSON", e);
    }
    return marks;
  }

  private static ColumnMark mark(JsonNode parts) {
    if (parts.isNull()) {
      return ColumnMark.NONE;
    }
    long ordered = parts.get(0).longValue();
    return new ColumnMark(
        ChangeStamp.create(
            ordered, ordered, number(parts.get(1)), parts.get(2).intValue(), number(parts.get(3))),
        UUID.fromString(parts.get(4).textValue()));
  }

  private static @Nullable Long number(JsonNode node) {
    return node.isNull() ? null : (Long) node.longValue();
  }
}
