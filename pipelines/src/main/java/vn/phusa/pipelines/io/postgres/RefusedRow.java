package vn.phusa.pipelines.io.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.DeadLetter;

/** Dead letters of rows that a database refused, with the row as a JSON object of its columns. */
final class RefusedRow {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RefusedRow() {}

  static DeadLetter of(
      String stage,
      String source,
      String position,
      String reason,
      String error,
      List<String> columns,
      List<@Nullable String> values) {
    Map<String, @Nullable String> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i), values.get(i));
    }
    String payload;
    try {
      payload = JSON.writeValueAsString(row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts is always JSON", e);
    }
    boolean text = CopyText.storable(payload) && CopyText.storable(position);
    return DeadLetter.create(
        DeadLetter.idOf(source, position, stage, reason),
        stage,
        source,
        position,
        reason,
        error,
        text
            ? payload
            : Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_16LE)),
        text ? DeadLetter.Encoding.TEXT : DeadLetter.Encoding.BASE64);
  }
}
