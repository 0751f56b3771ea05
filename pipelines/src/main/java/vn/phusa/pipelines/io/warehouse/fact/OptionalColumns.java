package vn.phusa.pipelines.io.warehouse.fact;

import java.io.Serializable;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * The columns of a fact that a captured change may leave out because they did not change: texts,
 * which PostgreSQL leaves out when they are long.
 *
 * @param <T> the typed fact
 */
interface OptionalColumns<T> extends Serializable {

  /** Those that the fact left out, by their names at the source. */
  List<String> absent(T fact);

  /**
   * The fact with these columns as another state of it has them, and what is derived from them
   * derived anew.
   *
   * @param ofBefore whether the fact is of a row that does not keep what its source said
   * @throws SQLException with the state 22003 when what is derived is out of its column's range
   */
  T filled(T fact, T from, Set<String> columns, boolean ofBefore) throws SQLException;
}
