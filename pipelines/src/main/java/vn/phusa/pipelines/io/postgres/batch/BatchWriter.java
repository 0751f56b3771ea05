package vn.phusa.pipelines.io.postgres.batch;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Reason;

/**
 * Writes a batch of rows within a transaction that {@link TransactionalBatches} begins and ends; it
 * also halves a batch with a row that the database rejects.
 *
 * @param <T> a row as it comes
 */
public interface BatchWriter<T> extends Serializable {

  /** Once per connection, before its first transaction: temporary tables, small look-ups. */
  void prepare(Connection connection) throws SQLException;

  /**
   * Writes the batch so that writing it again changes nothing more.
   *
   * @return what became of the rows: loaded and skipped are together as many as the batch has; a
   *     batch's rejected rows are counted where they are written
   */
  RowCounts write(Connection connection, List<T> batch) throws SQLException;

  /**
   * The batch in parts that are better written in transactions of their own, so that several
   * workers do not wait for the same locks; together they are the batch.
   */
  default List<List<T>> lanes(List<T> batch) {
    return List.of(batch);
  }

  /** A row that the database rejects for good, as a dead letter. */
  DeadLetter rejected(T row, Reason reason, String error);
}
