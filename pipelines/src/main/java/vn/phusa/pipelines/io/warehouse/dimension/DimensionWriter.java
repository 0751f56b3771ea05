package vn.phusa.pipelines.io.warehouse.dimension;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.postgres.batch.BatchWriter;
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
import vn.phusa.transforms.scd.KeyHistory;

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
    VersionRows.prepare(connection, dimension);
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
    Map<String, KeyHistory> stored =
        new StoredHistories(dimension).read(connection, arrived.keySet());

    Long horizonMicros = horizon == null ? null : HistoryHorizon.micros(connection, horizon);
    VersionRows rows = new VersionRows(dimension);
    long fresh = 0;
    for (Map.Entry<String, List<Change>> key : arrived.entrySet()) {
      KeyHistory history = stored.getOrDefault(key.getKey(), KeyHistory.NONE);
      KeyHistory.Update update = history.plus(dimension, key.getValue(), horizonMicros);
      // What other rules make of a state that was known counts as loaded.
      fresh += update.fresh() == 0 && !update.diff().isEmpty() ? 1 : update.fresh();
      rows.add(key.getKey(), history, update);
    }
    rows.apply(connection);
    return new RowCounts(
        0, fresh, 0, batch.size() - fresh, rows.versionsOpened(), rows.versionsClosed());
  }

  @Override
  public DeadLetter rejected(DimensionChange row, Reason reason, String error) {
    List<String> columns = new ArrayList<>(List.of(dimension.naturalKey()));
    List<@Nullable String> values = new ArrayList<>(List.of(row.getKey()));
    for (int i = 0; i < dimension.attributes().size(); i++) {
      if (row.getChange().carries(i) && !dimension.isDerived(i)) {
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
