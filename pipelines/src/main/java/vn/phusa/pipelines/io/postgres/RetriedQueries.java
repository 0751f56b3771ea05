package vn.phusa.pipelines.io.postgres;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.address.DatabaseAddress;

/**
 * Runs queries on a connection that is kept, each with autocommit; what may succeed later, after a
 * restart of the database for one, is tried again on a fresh connection. For one thread.
 */
public final class RetriedQueries implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RetriedQueries.class);

  private final DatabaseAddress address;
  private final RetryPolicy<Object> retries;
  private @Nullable Connection connection;

  public RetriedQueries(DatabaseAddress address) {
    this.address = address;
    this.retries = SqlFailure.retries("a query of the " + address.service());
  }

  /**
   * What is asked of the database.
   *
   * @param <R> the answer
   */
  @FunctionalInterface
  public interface Query<R> {
    R run(Connection connection) throws SQLException;
  }

  /**
   * The query's answer.
   *
   * @throws SQLException when the database fails for longer than retries last, or for a reason that
   *     no retry mends
   */
  @SuppressWarnings("unchecked")
  public <R> R ask(Query<R> query) throws SQLException {
    try {
      return (R) Failsafe.with(retries).get(() -> attempt(query));
    } catch (FailsafeException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw new DatabaseFailedException(address, cause);
      }
      throw e;
    }
  }

  private Object attempt(Query<?> query) throws SQLException {
    try {
      Connection open = connection;
      if (open == null || open.isClosed()) {
        open = Postgres.openForBatches(address);
        connection = open;
      }
      return query.run(open);
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  /** Closes the connection; the next query would open another. */
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
