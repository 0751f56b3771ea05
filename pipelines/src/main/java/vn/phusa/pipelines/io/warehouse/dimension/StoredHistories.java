package vn.phusa.pipelines.io.warehouse.dimension;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import vn.phusa.pipelines.io.postgres.copy.MicrosText;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.scd.Change;
import vn.phusa.transforms.scd.DimensionSpec;
import vn.phusa.transforms.scd.HistoryDiff.StoredVersion;
import vn.phusa.transforms.scd.KeyHistory;
import vn.phusa.transforms.scd.Version;

/** Reads what is stored of keys: a dimension's rows, and the changes of scd_change. */
final class StoredHistories {
  private final DimensionSpec dimension;

  StoredHistories(DimensionSpec dimension) {
    this.dimension = dimension;
  }

  /** What is stored of each key; a key that was never seen is not among them. */
  Map<String, KeyHistory> read(Connection connection, Collection<String> keys) throws SQLException {
    Array array = connection.createArrayOf("text", keys.toArray());
    try {
      Map<String, List<StoredVersion>> rows = rows(connection, array);
      Map<String, Set<Change>> changes = new RememberedChanges(dimension).read(connection, array);
      Map<String, KeyHistory> histories = new HashMap<>();
      for (String key : keys) {
        List<StoredVersion> versions = rows.getOrDefault(key, List.of());
        Set<Change> remembered = changes.getOrDefault(key, Set.of());
        if (!versions.isEmpty() || !remembered.isEmpty()) {
          histories.put(key, new KeyHistory(versions, remembered));
        }
      }
      return histories;
    } finally {
      array.free();
    }
  }

  private Map<String, List<StoredVersion>> rows(Connection connection, Array keys)
      throws SQLException {
    String attributes =
        dimension.attributes().stream()
            .map(a -> a.column() + "::text")
            .collect(Collectors.joining(", "));
    Map<String, List<StoredVersion>> rows = new HashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            String.format(
                    Locale.ROOT,
                    "SELECT %s, %s, effective_date, expiry_date, is_deleted, is_inferred,",
                    dimension.naturalKey(),
                    dimension.surrogateKey())
                + " change_modified_at, change_ordered_at, change_lsn, change_index,"
                + " change_observed_at, said::text, "
                + attributes
                + String.format(
                    Locale.ROOT,
                    " FROM %s WHERE %s = ANY (?)",
                    dimension.table(),
                    dimension.naturalKey()))) {
      statement.setArray(1, keys);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.computeIfAbsent(row.getString(1), k -> new ArrayList<>()).add(version(row));
        }
      }
    }
    return rows;
  }

  private StoredVersion version(ResultSet row) throws SQLException {
    long effective = Objects.requireNonNull(MicrosText.get(row, 3), "effective_date");
    Long modified = MicrosText.get(row, 7);
    ChangeStamp opening =
        modified == null
            ? ChangeStamp.polled(effective)
            : RememberedChanges.stamp(row, modified, 8);
    String[] values = new String[dimension.attributes().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.getString(13 + i);
    }
    Version version =
        new Version(
            effective,
            MicrosText.get(row, 4),
            row.getBoolean(5),
            Collections.unmodifiableList(Arrays.asList(values)),
            new SaidAttributes(dimension).read(row.getString(12), values),
            opening);
    return new StoredVersion(row.getLong(2), version, row.getBoolean(6));
  }
}
