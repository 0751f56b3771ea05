package vn.phusa.pipelines.io.warehouse.dimension;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.postgres.batch.BatchWriter;
import vn.phusa.pipelines.io.postgres.copy.CopyText;
import vn.phusa.pipelines.io.postgres.copy.MicrosText;
import vn.phusa.pipelines.io.postgres.copy.UnstorableTextException;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.warehouse.deadletter.RejectedRow;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.errors.StorableText;
import vn.phusa.transforms.scd.Change;
import vn.phusa.transforms.scd.DimensionChange;
import vn.phusa.transforms.scd.DimensionSpec;
import vn.phusa.transforms.scd.DimensionSpec.Attribute;
import vn.phusa.transforms.scd.HistoryDiff;
import vn.phusa.transforms.scd.HistoryDiff.StoredVersion;
import vn.phusa.transforms.scd.KeyHistory;
import vn.phusa.transforms.scd.Version;

/**
 * Writes changes into a slowly changing dimension: takes the locks of their shards, reads what is
 * stored of their keys, lets {@link KeyHistory} say what has to be done, and does it set by set.
 * Whoever moves versions leaves word for {@link Rekeying}, in the same transaction.
 */
public final class DimensionWriter implements BatchWriter<DimensionChange> {
  private static final long serialVersionUID = 1L;

  private final DimensionSpec dimension;
  private final @Nullable Duration horizon;

  public DimensionWriter(DimensionSpec dimension) {
    this(dimension, null);
  }

  /**
   * @param horizon how old a change that makes no difference may be to be remembered; null: all are
   */
  public DimensionWriter(DimensionSpec dimension, @Nullable Duration horizon) {
    this.dimension = dimension;
    this.horizon = horizon;
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    execute(
        connection,
        String.format(
            Locale.ROOT,
            "CREATE TEMPORARY TABLE IF NOT EXISTS %s (LIKE %s INCLUDING DEFAULTS) ON COMMIT DELETE ROWS",
            temporary(),
            dimension.table()));
  }

  @Override
  public List<List<DimensionChange>> lanes(List<DimensionChange> batch) {
    return DimensionLocks.lanes(batch, DimensionChange::getKey);
  }

  @Override
  public RowCounts write(Connection connection, List<DimensionChange> batch) throws SQLException {
    Map<String, List<Change>> arrived = new TreeMap<>();
    for (DimensionChange change : batch) {
      if (StorableText.problem(change.getKey()) != null) {
        // The driver would lock and read another key: with "?" for half a character.
        throw new UnstorableTextException("U+0000 or a lone surrogate");
      }
      arrived.computeIfAbsent(change.getKey(), k -> new ArrayList<>(1)).add(change.getChange());
    }
    DimensionLocks.take(connection, dimension, arrived.keySet());
    StoredHistories histories = new StoredHistories(dimension);
    Map<String, KeyHistory> stored = histories.read(connection, arrived.keySet());

    Long horizonMicros = horizon == null ? null : HistoryHorizon.micros(connection, horizon);
    Work work = new Work();
    for (Map.Entry<String, List<Change>> key : arrived.entrySet()) {
      KeyHistory history = stored.getOrDefault(key.getKey(), KeyHistory.NONE);
      work.add(key.getKey(), history, history.plus(dimension, key.getValue(), horizonMicros));
    }
    work.apply(connection);
    return new RowCounts(
        0, work.fresh, 0, batch.size() - work.fresh, work.versionsOpened, work.versionsClosed);
  }

  /** What one transaction does, collected over its keys. */
  private final class Work {
    private final SaidAttributes said = new SaidAttributes(dimension);
    private final RememberedChanges changes = new RememberedChanges(dimension);
    private final List<Long> remove = new ArrayList<>();
    private final CopyText overwrite = new CopyText();
    private final CopyText open = new CopyText();
    private final CopyText rekey = new CopyText();
    private int overwritten;
    private long fresh;
    private long versionsOpened;
    private long versionsClosed;

    void add(String key, KeyHistory history, KeyHistory.Update update) throws SQLException {
      fresh += update.fresh();
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
          history.rows().stream()
              .collect(Collectors.toMap(StoredVersion::surrogateKey, row -> row));
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
                temporary(),
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
  }

  private String temporary() {
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
        temporary(),
        dimension.surrogateKey());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Override
  public DeadLetter rejected(DimensionChange row, Reason reason, String error) {
    List<String> columns = new ArrayList<>(List.of(dimension.naturalKey()));
    List<@Nullable String> values = new ArrayList<>(List.of(row.getKey()));
    for (int i = 0; i < dimension.attributes().size(); i++) {
      if (row.getChange().carries(i)) {
        columns.add(dimension.attributes().get(i).column());
        values.add(row.getChange().value(i));
      }
    }
    columns.add("last_modified");
    values.add(MicrosText.of(row.getChange().getStamp().getModifiedMicros()));
    return RejectedRow.of(
        Stage.write(dimension.table()),
        row.getSource(),
        row.getPosition(),
        reason,
        error,
        columns,
        values);
  }
}
