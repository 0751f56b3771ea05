package vn.phusa.pipelines.io.warehouse.fact;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The states of a batch, reduced to one per key, and the deletes likewise.
 *
 * @param <T> the typed fact
 */
final class BatchStates<T> {
  private final FactTable<T> table;
  private final Map<String, FactState<T>> contents = new HashMap<>();
  private final Map<String, FactRow> deletes = new HashMap<>();
  private final List<FactRow> stale = new ArrayList<>();

  BatchStates(FactTable<T> table, List<T> batch) throws SQLException {
    this.table = table;
    for (T fact : batch) {
      FactState<T> state = FactState.of(table, fact);
      if (state.row().isDelete()) {
        deletes.merge(state.row().key(), state.row(), BatchStates::newer);
      } else {
        FactState<T> other = contents.putIfAbsent(state.row().key(), state);
        if (other != null) {
          add(state, other);
        }
      }
    }
  }

  /**
   * Completes a state by the one that is stored of the same key.
   *
   * @param stored what the row holds
   */
  void complete(String key, FactState<T> stored) throws SQLException {
    add(contents.get(key), stored);
  }

  private void add(FactState<T> state, FactState<T> other) throws SQLException {
    contents.put(state.row().key(), state.with(table, other));
    boolean newer = state.isNewerThan(other);
    stale.add(newer ? other.row() : state.row());
  }

  private static FactRow newer(FactRow one, FactRow other) {
    return FactRow.MARK_ORDER.compare(one, other) >= 0 ? one : other;
  }

  /** The state of each key. */
  Map<String, FactState<T>> contents() {
    return contents;
  }

  /** The newest delete of each key. */
  Map<String, FactRow> deletes() {
    return deletes;
  }

  /**
   * States that others of their keys replace: the members that they name are members all the same.
   */
  List<FactRow> stale() {
    return stale;
  }

  /** Writers that take rows in the same order do not wait for one another in a circle. */
  List<FactState<T>> inKeyOrder() {
    List<FactState<T>> sorted = new ArrayList<>(contents.values());
    sorted.sort(Comparator.comparing(state -> state.row().key()));
    return sorted;
  }
}
