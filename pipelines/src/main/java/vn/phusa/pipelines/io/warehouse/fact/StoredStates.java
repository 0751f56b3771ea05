package vn.phusa.pipelines.io.warehouse.fact;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.postgres.copy.MicrosText;
import vn.phusa.transforms.model.ChangeStamp;

/**
 * Reads what a fact table holds: the marks of rows, and whole states where columns of them may come
 * from several changes.
 *
 * @param <T> the typed fact
 */
final class StoredStates<T> {
  private final FactTable<T> table;
  private final FactStatements sql;

  StoredStates(FactTable<T> table) {
    this.table = table;
    this.sql = new FactStatements(table);
  }

  /**
   * A row with what it says.
   *
   * @param marks its marks
   * @param state what it says
   */
  record Stored<T>(FactMarks marks, FactState<T> state) {}

  /** The marks of the rows that are there. */
  Map<String, FactMarks> marks(Connection connection, Collection<String> keys) throws SQLException {
    Map<String, FactMarks> there = new HashMap<>();
    forEachRow(connection, sql.existing(), keys, row -> there.put(row.getString(1), marksOf(row)));
    return there;
  }

  /** The rows that have content, locked until the transaction ends. */
  Map<String, Stored<T>> lock(Connection connection, Collection<String> keys) throws SQLException {
    Map<String, Stored<T>> states = new HashMap<>();
    SaidFacts<T> said = table.said();
    if (said == null || keys.isEmpty()) {
      return states;
    }
    forEachRow(
        connection,
        sql.lockedStates(said.stored()),
        keys,
        row -> {
          FactMarks marks = marksOf(row);
          if (marks.content() != null) {
            states.put(row.getString(1), new Stored<>(marks, state(said.read(row), marks)));
          }
        });
    return states;
  }

  private FactState<T> state(T fact, FactMarks marks) {
    FactRow row = table.toRow(fact);
    return new FactState<>(
        fact,
        new FactRow(
            row.key(),
            row.operation(),
            Objects.requireNonNull(marks.content()),
            Objects.requireNonNull(marks.contentHash()),
            row.rowHash(),
            row.columns(),
            row.origin()),
        marks.columns(),
        marks.ofBefore());
  }

  /** What is done with a row. */
  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private static void forEachRow(
      Connection connection, String query, Collection<String> keys, RowReader reader)
      throws SQLException {
    Array array = connection.createArrayOf("text", keys.toArray());
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setArray(1, array);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          reader.read(row);
        }
      }
    } finally {
      array.free();
    }
  }

  private static FactMarks marksOf(ResultSet row) throws SQLException {
    return new FactMarks(
        stamp(row, 2, MicrosText.get(row, 5)),
        row.getObject(6, UUID.class),
        row.getLong(7),
        stamp(row, 8, null),
        ColumnMarksJson.read(row.getString(11)),
        row.getBoolean(12));
  }

  private static @Nullable ChangeStamp stamp(ResultSet row, int column, @Nullable Long observed)
      throws SQLException {
    Long ordered = MicrosText.get(row, column);
    if (ordered == null) {
      return null;
    }
    long lsn = row.getLong(column + 1);
    return ChangeStamp.create(
        ordered, ordered, row.wasNull() ? null : lsn, row.getInt(column + 2), observed);
  }

  /** The time that the source said of a row that has content. */
  static long modified(ResultSet row) throws SQLException {
    return Objects.requireNonNull(
        MicrosText.get(row, row.findColumn("source_modified_at")), "source_modified_at");
  }
}
