package vn.phusa.pipelines.io.postgres.batch;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.postgres.DatabaseFailedException;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.postgres.SqlFailure;
import vn.phusa.pipelines.io.postgres.copy.UnstorableTextException;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Reason;

/**
 * Runs a {@link BatchWriter}, one transaction per batch.
 *
 * <p>What may succeed later is tried again on a fresh transaction, with backoff. The rows' count is
 * written in the data's own transaction under an id that a retry looks for first, so that a commit
 * whose answer was lost is not counted twice. A batch with a row that the database rejects is
 * halved until that row is alone; it goes to the dead letters, unless the fault is the table's.
 *
 * @param <T> a row as it comes
 */
public final class TransactionalBatches<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionalBatches.class);

  private final DatabaseAddress address;
  private final @Nullable BatchCount count;
  private final BatchWriter<T> writer;
  private final RetryPolicy<RowCounts> retries;
  private @Nullable Connection connection;

  /**
   * @param count where rows are counted; null where nothing is counted
   */
  public TransactionalBatches(
      DatabaseAddress address, @Nullable BatchCount count, BatchWriter<T> writer) {
    this.address = address;
    this.count = count;
    this.writer = writer;
    this.retries = SqlFailure.retries("a batch of the " + address.service());
  }

  /**
   * Writes the batch and hands over the dead letters of the rows that were rejected.
   *
   * @throws SQLException when the database fails for longer than retries last, or for a reason that
   *     no retry mends, or when a batch has more bad rows than a fault of one source explains, or
   *     when a table refuses all of it
   */
  public void write(List<T> batch, Consumer<DeadLetter> rejected) throws SQLException {
    Refusals refusals = new Refusals();
    try {
      for (List<T> lane : writer.lanes(batch)) {
        writeHalving(lane, refusals);
      }
      refusals.deadLetters(batch.size()).forEach(rejected);
    } catch (TableRefusesException e) {
      throw new DatabaseFailedException(address, e);
    }
  }

  private void writeHalving(List<T> batch, Refusals refusals) throws SQLException {
    if (batch.isEmpty()) {
      return;
    }
    try {
      String part = UUID.randomUUID().toString();
      Failsafe.with(retries).get(() -> attempt(batch, part));
    } catch (UnstorableTextException e) {
      rejectOrHalve(batch, refusals, Reason.UNSTORABLE_TEXT, new SQLException(e.getMessage(), e));
    } catch (FailsafeException e) {
      if (!(e.getCause() instanceof SQLException cause)) {
        throw e;
      }
      if (SqlFailure.of(cause) != SqlFailure.BAD_ROW) {
        throw new DatabaseFailedException(address, cause);
      }
      rejectOrHalve(batch, refusals, Reason.refusedByDatabase(cause.getSQLState()), cause);
    }
  }

  private void rejectOrHalve(List<T> batch, Refusals refusals, Reason reason, SQLException cause)
      throws SQLException {
    if (batch.size() > 1) {
      int half = batch.size() / 2;
      writeHalving(batch.subList(0, half), refusals);
      writeHalving(batch.subList(half, batch.size()), refusals);
      return;
    }
    refusals.add(writer.rejected(batch.get(0), reason, explain(cause)), cause);
  }

  private RowCounts attempt(List<T> batch, String part) throws SQLException {
    try {
      Connection open = connection();
      RowCounts known = count == null ? null : count.committed(open, part);
      if (known != null) {
        return known;
      }
      RowCounts written = writer.write(open, batch);
      if (count != null) {
        count.add(open, part, written);
      }
      open.commit();
      return written;
    } catch (SQLException | RuntimeException e) {
      rollback();
      throw e;
    }
  }

  private Connection connection() throws SQLException {
    if (connection != null && !connection.isClosed()) {
      return connection;
    }
    Connection fresh = Postgres.openForBatches(address);
    try {
      // Locks are taken, then rows are read in a new statement: it must see what was committed.
      fresh.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      writer.prepare(fresh);
      fresh.setAutoCommit(false);
    } catch (SQLException | RuntimeException e) {
      fresh.close();
      throw e;
    }
    connection = fresh;
    return fresh;
  }

  private void rollback() {
    Connection broken = connection;
    if (broken == null) {
      return;
    }
    try {
      broken.rollback();
    } catch (SQLException e) {
      LOG.debug("no rollback: the connection is gone ({})", e.getSQLState());
      close();
    }
  }

  /** The server's sentence without the detail, which quotes the row. */
  private static String explain(SQLException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** Closes the connection; the next batch would open another. */
  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        LOG.debug("closing a connection: {}", e.getSQLState());
      }
    }
  }
}
