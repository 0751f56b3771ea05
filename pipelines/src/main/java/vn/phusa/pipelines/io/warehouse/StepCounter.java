package vn.phusa.pipelines.io.warehouse;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.postgres.batch.TransactionalBatches;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.warehouse.deadletter.DeadLetterWriter;
import vn.phusa.pipelines.io.warehouse.ledger.CountedParts;
import vn.phusa.transforms.errors.DeadLetter;

/**
 * The rows of a step that writes into another store than the warehouse: their counts, and those
 * that were rejected. For one thread.
 */
public final class StepCounter implements AutoCloseable {
  private final DatabaseAddress warehouse;
  private final CountedParts counts;
  private final TransactionalBatches<DeadLetter> rejected;
  private @Nullable Connection connection;

  public StepCounter(DatabaseAddress warehouse, StepId step) {
    this.warehouse = warehouse;
    this.counts = new CountedParts(step);
    this.rejected = new TransactionalBatches<>(warehouse, null, new DeadLetterWriter(step));
  }

  /** Keeps rejected rows; when it returns they are in the warehouse. */
  public void reject(List<DeadLetter> deadLetters) throws SQLException {
    if (!deadLetters.isEmpty()) {
      rejected.write(
          deadLetters,
          deadLetter -> {
            throw new IllegalStateException("a dead letter was rejected");
          });
    }
  }

  /** Counts rows; read holds those that were rejected too. */
  public void count(long read, long loaded, long skipped) throws SQLException {
    if (connection == null || connection.isClosed()) {
      connection = Postgres.open(warehouse);
    }
    counts.addFromOutside(
        connection, UUID.randomUUID().toString(), new RowCounts(read, loaded, 0, skipped, 0, 0));
  }

  @Override
  public void close() throws SQLException {
    rejected.close();
    if (connection != null) {
      connection.close();
    }
  }
}
