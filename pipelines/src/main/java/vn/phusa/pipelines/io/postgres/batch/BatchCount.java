package vn.phusa.pipelines.io.postgres.batch;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.step.RowCounts;

/**
 * Keeps what became of batches beside their rows, under an id for each batch. Both calls are made
 * in the transaction that writes the batch.
 */
public interface BatchCount extends Serializable {

  /**
   * What became of a batch that was committed before.
   *
   * @return null if no batch of that id was
   */
  @Nullable RowCounts committed(Connection connection, String batch) throws SQLException;

  /**
   * Keeps what became of a batch.
   *
   * @throws RuntimeException if this batch may not be counted any more; it must not be committed
   */
  void add(Connection connection, String batch, RowCounts written) throws SQLException;
}
