package vn.phusa.pipelines.io.postgres.batch;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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
   * @return what became of the rows: together as many as the batch has
   */
  Written write(Connection connection, List<T> batch) throws SQLException;

  /**
   * The batch in parts that are better written in transactions of their own, so that several
   * workers do not wait for the same locks; together they are the batch.
   */
  default List<List<T>> lanes(List<T> batch) {
    return List.of(batch);
  }

  /** A row that the database rejects for good, as a dead letter. */
  DeadLetter rejected(T row, Reason reason, String error);

  /**
   * What became of a batch.
   *
   * @param read rows that the step is counted to have read here, since no reader counts them
   * @param loaded rows that are there now
   * @param skipped rows that were stale or repeated
   * @param versionsOpened versions of a dimension that began
   * @param versionsClosed versions of a dimension that ended
   */
  record Written(long read, long loaded, long skipped, long versionsOpened, long versionsClosed) {

    /** For what has no versions. */
    public static Written rows(long loaded, long skipped) {
      return new Written(0, loaded, skipped, 0, 0);
    }
  }
}
