package vn.phusa.pipelines.io.warehouse.fact;

import java.io.Serializable;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How a table keeps what the source said beside what the rules made of it, so that other rules can
 * make of it what they would have.
 *
 * @param <T> the typed fact
 */
interface SaidFacts<T> extends Serializable {

  /** What cannot be got back from the table's columns: a JSON object of texts, maybe empty. */
  String write(T fact);

  /** What {@link #read} needs: an expression list of the table's columns. */
  String stored();

  /**
   * The fact that a row of the table holds, but for its stamp, as the rules of now would have made
   * it. Of a row of before there was {@code said}: as far as that follows from its columns.
   *
   * @param row it has the columns of {@link #stored} by name
   * @throws SQLException with the state 22003 when what is derived is out of its column's range
   */
  T read(ResultSet row) throws SQLException;
}
