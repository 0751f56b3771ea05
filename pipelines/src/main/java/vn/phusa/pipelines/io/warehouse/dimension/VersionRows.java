package vn.phusa.pipelines.io.warehouse.dimension;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import vn.phusa.pipelines.io.postgres.copy.CopyText;
import vn.phusa.transforms.scd.Change;
import vn.phusa.transforms.scd.DimensionSpec;
import vn.phusa.transforms.scd.DimensionSpec.Attribute;
import vn.phusa.transforms.scd.HistoryDiff;
import vn.phusa.transforms.scd.HistoryDiff.StoredVersion;
import vn.phusa.transforms.scd.KeyHistory;
import vn.phusa.transforms.scd.Version;

/**
 * What one transaction does to a dimension, collected over its keys and done set by set. Whoever
 * moves versions leaves word for {@link Rekeying}. Not thread-safe.
 */
final class VersionRows {
  private final DimensionSpec dimension;
  private final SaidAttributes said;
  private final RememberedChanges changes;
  private final List<Long> remove = new ArrayList<>();
  private final CopyText overwrite = new CopyText();
  private final CopyText open = new CopyText();
  private final CopyText rekey = new CopyText();
  private int overwritten;
  private long versionsOpened;
  private long versionsClosed;

  VersionRows(DimensionSpec dimension) {
    this.dimension = dimension;
    this.said = new SaidAttributes(dimension);
    this.changes = new RememberedChanges(dimension);
  }

  /** Once per connection. */
  static void prepare(Connection connection, DimensionSpec dimension) throws SQLException {
    execute(
        connection,
        String.format(
            Locale.ROOT,
            "CREATE TEMPORARY TABLE IF NOT EXISTS %s (LIKE %s INCLUDING DEFAULTS) ON COMMIT DELETE ROWS",
            temporary(dimension),
            dimension.table()));
  }

  /** Versions that begin, by all that was added. */
  long versionsOpened() {
    return versionsOpened;
  }

  /** Versions that end. */
  long versionsClosed() {
    return versionsClosed;
  }

  /** Adds what has to be done for a key. */
  void add(String key, KeyHistory history, KeyHistory.Update update) throws SQLException {
    for (Change change : update.remember()) {
      changes.remember(key, change);
    }
    for (Change change : update.forget()) {
      changes.forget(key, change);
    }
    HistoryDiff diff = update.diff();
    remove.addAll(diff.remove());
    for (StoredVersion row : diff.overwrite()) {
      overwrite.add(row.surrogateKey());
      addVersion(overwrite, key, row.version());
      overwritten++;
    }
    for (Version version : diff.open()) {
      addVersion(open, key, version);
    }
    countVersions(history, diff);
    if (diff.rekeyFromMicros() != null) {
      String keys =
          history.rows().stream()
              .map(r -> Long.toString(r.surrogateKey()))
              .collect(Collectors.joining(",", "{", "}"));
      long from = diff.rekeyFromMicros();
      rekey
          .add(dimension.name())
          .add(key)
          .add(keys)
          .addInstant(from == Long.MIN_VALUE ? null : from)
          .endRow();
    }
  }

  private void countVersions(KeyHistory history, HistoryDiff diff) {
    versionsOpened += diff.open().size();
    for (Version version : diff.open()) {
      versionsClosed += version.current() ? 0 : 1;
    }
    if (diff.overwrite().isEmpty()) {
      return;
    }
    Map<Long, StoredVersion> before =
        history.rows().stream().collect(Collectors.toMap(StoredVersion::surrogateKey, row -> row));
    for (StoredVersion row : diff.overwrite()) {
      StoredVersion old = before.get(row.surrogateKey());
      versionsOpened += old.inferred() ? 1 : 0;
      versionsClosed += old.version().current() && !row.version().current() ? 1 : 0;
    }
  }

  private void addVersion(CopyText text, String key, Version version) throws SQLException {
    text.add(key)
        .addInstant(version.effectiveMicros())
        .addInstant(version.expiryMicros())
        .add(Boolean.toString(version.current()))
        .add(Boolean.toString(version.deleted()))
        .add("false");
    RememberedChanges.addStamp(text, version.opening());
    text.add(said.write(version));
    for (String value : version.values()) {
      text.add(value);
    }
    text.endRow();
  }

  /** Removes and closes before it opens: at most one version of a key is current at any time. */
  void apply(Connection connection) throws SQLException {
    if (!remove.isEmpty()) {
      removeRows(connection);
    }
    String columns = columns();
    if (overwritten > 0) {
      overwrite.sendTo(
          connection,
          String.format(
              Locale.ROOT,
              "COPY %s (%s, %s) FROM STDIN",
              temporary(dimension),
              dimension.surrogateKey(),
              columns));
      execute(connection, updateFromTemporary());
    }
    open.sendTo(
        connection,
        String.format(Locale.ROOT, "COPY %s (%s) FROM STDIN", dimension.table(), columns));
    changes.apply(connection);
    rekey.sendTo(
        connection, "COPY rekey (dimension, natural_key, surrogate_keys, from_at) FROM STDIN");
  }

  private void removeRows(Connection connection) throws SQLException {
    Array keys = connection.createArrayOf("int8", remove.toArray());
    try (PreparedStatement statement =
        connection.prepareStatement(
            String.format(
                Locale.ROOT,
                "DELETE FROM %s WHERE %s = ANY (?)",
                dimension.table(),
                dimension.surrogateKey()))) {
      statement.setArray(1, keys);
      statement.executeUpdate();
    } finally {
      keys.free();
    }
  }

  private static String temporary(DimensionSpec dimension) {
    return "phusa_" + dimension.table();
  }

  private List<String> columnList() {
    List<String> columns =
        new ArrayList<>(
            List.of(
                dimension.naturalKey(),
                "effective_date",
                "expiry_date",
                "is_current",
                "is_deleted",
                "is_inferred",
                "change_modified_at",
                "change_ordered_at",
                "change_lsn",
                "change_index",
                "change_observed_at",
                "said"));
    dimension.attributes().stream().map(Attribute::column).forEach(columns::add);
    return columns;
  }

  private String columns() {
    return String.join(", ", columnList());
  }

  private String updateFromTemporary() {
    String set =
        columnList().stream()
            .filter(c -> !c.equals(dimension.naturalKey()))
            .map(c -> c + " = t." + c)
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "UPDATE %1$s d SET %2$s FROM %3$s t WHERE d.%4$s = t.%4$s",
        dimension.table(),
        set,
        temporary(dimension),
        dimension.surrogateKey());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
