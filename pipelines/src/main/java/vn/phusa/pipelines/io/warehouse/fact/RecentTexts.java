package vn.phusa.pipelines.io.warehouse.fact;

import java.util.LinkedHashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.ChangeStamp;

/**
 * The texts of rows whose changes came by lately, by the rows' keys: as of the newest of them,
 * whatever order they came in. Of more rows than there is room for, those that were met longest ago
 * are forgotten.
 */
final class RecentTexts {
  private final Map<String, Row> rows;

  /**
   * @param most how many rows are remembered
   */
  RecentTexts(int most) {
    rows =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Row> eldest) {
            return size() > most;
          }
        };
  }

  private record Row(ChangeStamp stamp, Map<String, @Nullable String> texts) {}

  /** The texts of a row, by the source's columns; empty if none are remembered. */
  Map<String, @Nullable String> of(String key) {
    Row row = rows.get(key);
    return row == null ? Map.of() : row.texts();
  }

  /** Remembers the texts of a row after a change, unless those after a newer one are known. */
  void remember(String key, ChangeStamp stamp, Map<String, @Nullable String> texts) {
    Row row = rows.get(key);
    if (row == null || ChangeStamp.ORDER.compare(stamp, row.stamp()) >= 0) {
      rows.put(key, new Row(stamp, texts));
    }
  }
}
