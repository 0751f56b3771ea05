package vn.phusa.transforms.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourcePosition;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.StagedRecord;

/** Applies a mapping to staged records. Not safe for several threads. */
final class StagedMapper {

  private static final String DELETED = "deleted";
  private static final String LINE = "line";

  /** A clock that is wrong by more would let nothing later count. */
  private static final long A_DAY = 86_400_000_000L;

  private final StagedKind kind;
  private final CompiledMapping mapping;
  private final ObjectNode categories;

  StagedMapper(StagedKind kind, Map<String, String> categories) {
    this.kind = kind;
    this.mapping = CompiledMapping.of(kind);
    this.categories = JsonNodeFactory.instance.objectNode();
    categories.forEach(this.categories::put);
  }

  /** Where a staged record stands: "raw_orders/tiki:order:7@2025-03-01T02:14:59Z". */
  static SourcePosition position(StagedKind kind, StagedRecord record) {
    return SourcePosition.of(kind.collection(), record.key(), instant(stated(record)));
  }

  /**
   * The records that a staged one is; none where its mapping says that there is nothing.
   *
   * @throws RejectedException {@link Reason#MALFORMED_JSON}, {@link Reason#MAPPING_FAILED}, {@link
   *     Reason#OUT_OF_RANGE} for a time of change long after the extraction
   */
  List<SourceRecord> map(StagedWithSides staged) throws RejectedException {
    StagedRecord record = staged.getRecord();
    long modified = modified(staged);
    Map<String, JsonNode> sides = new HashMap<>();
    for (String side : kind.sides().keySet()) {
      StagedRecord document = staged.getSides().get(side);
      sides.put(
          side,
          document == null ? NullNode.instance : StagedJson.read(document.getPayload(), side));
    }
    JsonNode payload = StagedJson.read(record.getPayload(), "the payload");
    if (!payload.isObject()) {
      throw new RejectedException(Reason.MAPPING_FAILED, "the payload is no JSON object");
    }
    JsonNode mapped = mapping.apply(record.getId(), payload, sides, categories);
    if (mapped.isNull()) {
      return List.of();
    }
    if (!kind.loadMapping().into().equals(LoadMapping.ORDERS)) {
      return List.of(
          record(record, object(mapped), modified, position(kind, record))
              .observedAt(observed(staged)));
    }
    if (!mapped.isArray()) {
      throw failed("an array of lines expected");
    }
    Long observed = observed(staged);
    return lines(record, mapped, modified).stream().map(line -> line.observedAt(observed)).toList();
  }

  private List<SourceRecord> lines(StagedRecord order, JsonNode lines, long modified)
      throws RejectedException {
    List<SourceRecord> records = new ArrayList<>();
    Map<String, Integer> met = new HashMap<>();
    for (JsonNode element : lines) {
      ObjectNode line = object(element);
      String id = text(LINE, line.path(LINE));
      SourcePosition place = position(kind, order).line(records.size() + 1);
      if (id != null && !id.isEmpty()) {
        int times = met.merge(id, 1, Integer::sum);
        if (times > 1 && kind.loadMapping().numberRepeats()) {
          id = id + "#" + times;
        }
        line.put("order_id", order.getId() + ":" + id);
      } else {
        line.putNull("order_id");
      }
      line.remove(LINE);
      if (!line.has("order_number")) {
        line.put("order_number", order.getId());
      }
      records.add(record(order, line, modified, place));
    }
    return records;
  }

  private SourceRecord record(
      StagedRecord staged, ObjectNode columns, long modified, SourcePosition place)
      throws RejectedException {
    boolean deleted = columns.path(DELETED).asBoolean();
    columns.remove(DELETED);
    for (String key : List.of("product_id", "customer_id", "order_id", "order_number")) {
      String id = text(key, columns.path(key));
      if (id != null && !id.isEmpty()) {
        columns.put(key, kind.platform() + ":" + id);
      }
    }
    if (!kind.loadMapping().into().equals(LoadMapping.CUSTOMERS)) {
      columns.put("platform", kind.standardName());
    }
    columns.put("last_modified", instant(modified));
    columns.put(MapStaged.PAYLOAD, staged.getPayload());
    List<String> names = new ArrayList<>();
    List<@Nullable String> values = new ArrayList<>();
    for (var fields = columns.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      String value = text(field.getKey(), field.getValue());
      // What a platform does not report of a buyer is unknown, and no reason to forget it.
      if (value != null || !kind.loadMapping().into().equals(LoadMapping.CUSTOMERS)) {
        names.add(field.getKey());
        values.add(value);
      }
    }
    return SourceRecord.create(
        kind.source(),
        kind.loadMapping().into(),
        place.text(),
        deleted ? Operation.DELETE : Operation.UPSERT,
        null,
        null,
        0,
        names,
        values);
  }

  /** When it changed, or what is reported beside it. */
  static long modified(StagedWithSides staged) throws RejectedException {
    StagedRecord record = staged.getRecord();
    long modified = stated(record);
    for (StagedRecord side : staged.getSides().values()) {
      if (side.getUpdatedMicros() != null) {
        modified = Math.max(modified, side.getUpdatedMicros());
      }
    }
    if (modified - record.getExtractedMicros() >= A_DAY) {
      throw new RejectedException(
          Reason.OUT_OF_RANGE, "updated_at is a day or more after extracted_at");
    }
    return modified;
  }

  /** When it was extracted, or what is reported beside it. */
  private static Long observed(StagedWithSides staged) {
    long observed = staged.getRecord().getExtractedMicros();
    for (StagedRecord side : staged.getSides().values()) {
      observed = Math.max(observed, side.getExtractedMicros());
    }
    return observed;
  }

  private static long stated(StagedRecord record) {
    Long updated = record.getUpdatedMicros();
    return updated == null ? record.getExtractedMicros() : updated;
  }

  private static String instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  private ObjectNode object(JsonNode node) throws RejectedException {
    if (node instanceof ObjectNode object) {
      // Of its own: expressions may give out parts of the payload.
      return object.deepCopy();
    }
    throw failed("an object of columns expected");
  }

  private @Nullable String text(String column, JsonNode node) throws RejectedException {
    if (node.isNull() || node.isMissingNode()) {
      return null;
    }
    if (!node.isValueNode()) {
      throw failed(column + " is neither a text nor a number");
    }
    return node.asText();
  }

  private RejectedException failed(String what) {
    return new RejectedException(
        Reason.MAPPING_FAILED, "\"loads." + kind.load() + ".record\": " + what);
  }
}
