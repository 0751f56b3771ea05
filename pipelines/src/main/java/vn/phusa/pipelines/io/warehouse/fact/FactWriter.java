package vn.phusa.pipelines.io.warehouse.fact;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.postgres.batch.BatchWriter;
import vn.phusa.pipelines.io.postgres.copy.CopyText;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.warehouse.dimension.PointInTimeKeys;
import vn.phusa.pipelines.io.warehouse.dimension.Rekeying;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.model.ChangeStamp;

/**
 * Writes facts so that the newest state of each key stands, whatever order states come in.
 *
 * <p>A key's content and its delete are two registers, each holding what has the greatest mark; the
 * row is deleted while the delete's mark is not less than the content's. Rows that are new go in by
 * COPY (a race for the same key ends in 23505, and the batch begins again and then finds the row);
 * rows that are there are compared first, so that only real changes are written.
 *
 * @param <T> the typed fact
 */
public final class FactWriter<T> implements BatchWriter<T> {
  private static final long serialVersionUID = 1L;

  private final FactTable<T> table;
  private transient Places places;

  public FactWriter(FactTable<T> table) {
    this.table = table;
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(new FactStatements(table).createTemporary());
    }
    places = Places.read(connection, table.lookups());
  }

  @Override
  public RowCounts write(Connection connection, List<T> batch) throws SQLException {
    holdTransactionId(connection);
    BatchStates<T> states = new BatchStates<>(table, batch);
    Map<String, FactMarks> there = marksOf(connection, states);

    List<FactState<T>> fresh = new ArrayList<>();
    List<FactState<T>> changed = new ArrayList<>();
    List<FactRow> stale = new ArrayList<>(states.stale());
    for (FactState<T> state : states.inKeyOrder()) {
      FactMarks marks = there.get(state.row().key());
      if (marks == null) {
        fresh.add(state);
      } else if (marks.isNewContent(state, places.hash(state.row()))) {
        changed.add(state);
      } else if (!state.row().contentHash().equals(marks.contentHash())) {
        stale.add(state.row());
      }
    }
    // Before anything is written, and for all rows at once: locks are taken in one order.
    List<FactRow> all = new ArrayList<>();
    fresh.forEach(state -> all.add(state.row()));
    changed.forEach(state -> all.add(state.row()));
    all.addAll(stale);
    List<long[]> keys = memberKeys(connection, all);
    FactStatements sql = new FactStatements(table);
    copyContent(connection, fresh, keys, 0, sql.copyContent(table.table()));
    copyContent(connection, changed, keys, fresh.size(), sql.copyContent(sql.temporary()));
    if (!changed.isEmpty() && execute(connection, sql.updateContent()) < changed.size()) {
      // Another writer came in between: what it wrote may lack what was found to be older here.
      throw new SQLException("a row changed since it was read", "40001");
    }
    long loaded = (long) fresh.size() + changed.size();
    loaded += writeDeletes(connection, states, there, sql);
    return RowCounts.written(loaded, batch.size() - loaded);
  }

  /** The marks of the rows that are there, once states that lack columns have theirs from them. */
  private Map<String, FactMarks> marksOf(Connection connection, BatchStates<T> states)
      throws SQLException {
    StoredStates<T> stored = new StoredStates<>(table);
    Set<String> keys = new LinkedHashSet<>(states.contents().keySet());
    keys.addAll(states.deletes().keySet());
    Map<String, FactMarks> there = stored.marks(connection, keys);
    List<String> open = new ArrayList<>();
    states
        .contents()
        .forEach(
            (key, state) -> {
              FactMarks marks = there.get(key);
              if (marks != null && (state.isPartial() || marks.hasOpenColumns())) {
                open.add(key);
              }
            });
    for (Map.Entry<String, StoredStates.Stored<T>> row : stored.lock(connection, open).entrySet()) {
      states.complete(row.getKey(), row.getValue().state());
      there.put(row.getKey(), row.getValue().marks());
    }
    return there;
  }

  /** {@link Rekeying} finds by transaction ids which facts may have missed a version. */
  private static void holdTransactionId(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_current_xact_id()");
    }
  }

  /**
   * The keys of the rows' members, for each reference. Every member that a state names gets a row,
   * be the state stale: else which placeholders there are would depend on the order of arrival.
   */
  private List<long[]> memberKeys(Connection connection, List<FactRow> rows) throws SQLException {
    List<long[]> keys = new ArrayList<>();
    for (int r = 0; r < table.references().size(); r++) {
      keys.add(resolve(connection, rows, r));
    }
    return keys;
  }

  private long[] resolve(Connection connection, List<FactRow> rows, int reference)
      throws SQLException {
    List<@Nullable String> members = new ArrayList<>(rows.size());
    List<@Nullable Long> times = new ArrayList<>(rows.size());
    for (FactRow row : rows) {
      members.add(row.origin().members()[reference]);
      times.add(row.origin().eventMicros());
    }
    return new PointInTimeKeys(table.references().get(reference).dimension())
        .resolve(connection, members, times);
  }

  /**
   * @param keys the members' keys, those of the first row at {@code keysFrom}
   */
  private void copyContent(
      Connection connection,
      List<FactState<T>> states,
      List<long[]> keys,
      int keysFrom,
      String statement)
      throws SQLException {
    if (states.isEmpty()) {
      return;
    }
    CopyText text = new CopyText();
    for (int i = 0; i < states.size(); i++) {
      FactRow row = states.get(i).row();
      text.addEncoded(row.columns());
      for (long[] reference : keys) {
        text.add(reference[keysFrom + i]);
      }
      for (int l = 0; l < places.count(); l++) {
        text.add(places.key(row, l));
      }
      addMark(text, row.stamp());
      text.addInstant(row.stamp().getObservedMicros());
      text.add(row.contentHash().toString()).add(places.hash(row));
      if (table.optional() != null) {
        text.add(ColumnMarksJson.write(states.get(i).marks()));
      }
      addSaid(text, states.get(i));
      text.endRow();
    }
    text.sendTo(connection, statement);
  }

  private void addSaid(CopyText text, FactState<T> state) {
    SaidFacts<T> said = table.said();
    if (said != null) {
      text.add(state.ofBefore() ? null : said.write(state.fact()));
    }
  }

  private long writeDeletes(
      Connection connection,
      BatchStates<T> states,
      Map<String, FactMarks> there,
      FactStatements sql)
      throws SQLException {
    List<FactRow> unknown = new ArrayList<>();
    List<FactRow> known = new ArrayList<>();
    List<FactRow> deletes = new ArrayList<>(states.deletes().values());
    deletes.sort(Comparator.comparing(FactRow::key));
    for (FactRow row : deletes) {
      FactMarks marks = there.get(row.key());
      if (marks == null && !states.contents().containsKey(row.key())) {
        unknown.add(row);
      } else if (marks == null || marks.isNewDelete(row)) {
        known.add(row);
      }
    }
    copyDeletes(connection, unknown, sql.copyDeletes(table.table()));
    if (known.isEmpty()) {
      return unknown.size();
    }
    execute(connection, "TRUNCATE " + sql.temporary());
    copyDeletes(connection, known, sql.copyDeletes(sql.temporary()));
    return unknown.size() + execute(connection, sql.updateDeletes());
  }

  private static void copyDeletes(Connection connection, List<FactRow> rows, String statement)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    CopyText text = new CopyText();
    for (FactRow row : rows) {
      text.add(row.key())
          .add(row.origin().source())
          .add("true")
          .addInstant(row.stamp().getModifiedMicros());
      addMark(text, row.stamp());
      text.endRow();
    }
    text.sendTo(connection, statement);
  }

  private static void addMark(CopyText text, ChangeStamp stamp) throws SQLException {
    Long lsn = stamp.getCommitLsn();
    text.addInstant(stamp.getOrderedMicros())
        .add(lsn == null ? null : lsn.toString())
        .add(stamp.getCommitIndex());
  }

  private static long execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  @Override
  public DeadLetter rejected(T fact, Reason reason, String error) {
    FactRow.Origin origin = table.origin(fact);
    return DeadLetter.of(
        Stage.write(table.table()),
        origin.source(),
        origin.position(),
        reason,
        error,
        table.payload(fact));
  }
}
