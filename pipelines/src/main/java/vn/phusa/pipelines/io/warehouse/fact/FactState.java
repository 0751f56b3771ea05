package vn.phusa.pipelines.io.warehouse.fact;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import vn.phusa.transforms.model.ChangeStamp;

/**
 * A state of a fact whose columns may come from several changes: each has the value of the newest
 * change that carried it.
 *
 * @param fact what it says
 * @param row the same, ready for its table; its mark is that of the newest change
 * @param marks the marks of the columns that the newest change left out
 * @param ofBefore whether it is of a row that does not keep what its source said
 * @param <T> the typed fact
 */
record FactState<T>(T fact, FactRow row, Map<String, ColumnMark> marks, boolean ofBefore) {

  /** Of two with equal times, the one whose row does not tell what its source said is older. */
  private static final Comparator<FactState<?>> ORDER =
      Comparator.<FactState<?>, ChangeStamp>comparing(
              state -> state.row().stamp(), ChangeStamp.ORDER)
          .thenComparing(state -> state.row().stamp(), ChangeStamp.BY_OBSERVED)
          .thenComparing(FactState::ofBefore, Comparator.reverseOrder())
          .thenComparing(state -> state.row().contentHash(), FactRow.HASH_ORDER);

  /** The state that one change reports. */
  static <T> FactState<T> of(FactTable<T> table, T fact) {
    FactRow row = table.toRow(fact);
    OptionalColumns<T> optional = table.optional();
    if (optional == null || row.isDelete() || optional.absent(fact).isEmpty()) {
      return new FactState<>(fact, row, Map.of(), false);
    }
    Map<String, ColumnMark> marks = new HashMap<>();
    optional.absent(fact).forEach(column -> marks.put(column, ColumnMark.NONE));
    return new FactState<>(fact, row, marks, false);
  }

  /** Whether columns of it come from another change than the newest. */
  boolean isPartial() {
    return !marks.isEmpty();
  }

  boolean isNewerThan(FactState<T> other) {
    return ORDER.compare(this, other) >= 0;
  }

  /** The state after both, whichever came first. */
  FactState<T> with(FactTable<T> table, FactState<T> other) throws SQLException {
    boolean isNewer = isNewerThan(other);
    FactState<T> newer = isNewer ? this : other;
    FactState<T> older = isNewer ? other : this;
    Map<String, ColumnMark> merged = new HashMap<>(newer.marks);
    Set<String> taken = new HashSet<>();
    newer.marks.forEach(
        (column, mark) -> {
          if (older.mark(column).isNewerThan(mark)) {
            merged.put(column, older.mark(column));
            taken.add(column);
          }
        });
    return taken.isEmpty() ? newer : newer.filled(table, older, taken, merged);
  }

  private FactState<T> filled(
      FactTable<T> table, FactState<T> older, Set<String> taken, Map<String, ColumnMark> merged)
      throws SQLException {
    T filled = Objects.requireNonNull(table.optional()).filled(fact, older.fact, taken, ofBefore);
    FactRow encoded = table.toRow(filled);
    return new FactState<>(
        filled,
        new FactRow(
            row.key(),
            row.operation(),
            row.stamp(),
            // What the newest change said is its mark, whatever the others add.
            row.contentHash(),
            encoded.rowHash(),
            encoded.columns(),
            encoded.origin()),
        merged,
        ofBefore);
  }

  private ColumnMark mark(String column) {
    ColumnMark own = marks.get(column);
    return own == null ? ColumnMark.of(row) : own;
  }
}
