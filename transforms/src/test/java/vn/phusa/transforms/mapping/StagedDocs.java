package vn.phusa.transforms.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.StagedRecord;

/** Staged documents for tests, mapped as they would be. */
final class StagedDocs {
  static final long UPDATED = 1_740_000_000_000_000L; // 2025-02-19T21:20:00Z
  static final long EXTRACTED = UPDATED + 60_000_000;

  private StagedDocs() {}

  static StagedKind kind(Mappings mappings, String platform, String load) {
    return Stream.of(mappings.products(), mappings.customers(), mappings.orders())
        .flatMap(List::stream)
        .filter(kind -> kind.platform().equals(platform) && kind.load().equals(load))
        .findFirst()
        .orElseThrow();
  }

  /** JSON as YAML has it, so that tests need not quote every quote. */
  static JsonNode yaml(String text) {
    try {
      return new YAMLMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static StagedRecord staged(String platform, String id, String payload) {
    return StagedRecord.create(platform, "any", id, UPDATED, EXTRACTED, "run", payload);
  }

  static List<SourceRecord> map(
      String platform, String load, String id, String payload, Map<String, String> sides)
      throws RejectedException {
    return map(kind(Mappings.builtIn(), platform, load), id, payload, sides);
  }

  static List<SourceRecord> map(
      StagedKind kind, String id, String payload, Map<String, String> sides)
      throws RejectedException {
    Map<String, StagedRecord> documents = new HashMap<>();
    sides.forEach((name, json) -> documents.put(name, staged(kind.platform(), id, json)));
    return new StagedMapper(kind, Map.of("8707", "Phones", "14646", "Laptops"))
        .map(StagedWithSides.create(staged(kind.platform(), id, payload), documents));
  }

  /** The columns that matter to a test, absent ones left out. */
  static Map<String, String> columns(SourceRecord record) {
    Map<String, String> columns = new HashMap<>();
    for (String column : record.getColumns()) {
      if (!List.of("payload", "last_modified", "platform").contains(column)) {
        columns.put(column, record.value(column));
      }
    }
    return columns;
  }
}
