package vn.phusa.pipelines.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.postgres.StepContext;

/** Looks every second how many rows of a step are committed: the truth on any runner. */
final class RowsSoFar implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RowsSoFar.class);

  private final DataSource warehouse;
  private final StepContext step;
  private final LongConsumer told;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "rows-so-far");
            thread.setDaemon(true);
            return thread;
          });
  private final ScheduledFuture<?> looking;

  private RowsSoFar(DataSource warehouse, StepContext step, LongConsumer told) {
    this.warehouse = warehouse;
    this.step = step;
    this.told = told;
    this.looking = timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  static RowsSoFar watch(DataSource warehouse, StepContext step, LongConsumer told) {
    return new RowsSoFar(warehouse, step, told);
  }

  private void look() {
    try (Connection connection = warehouse.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT sum(rows_loaded + rows_skipped) FROM etl_count"
                    + " WHERE run_id = ? AND step = ?")) {
      statement.setObject(1, step.runId());
      statement.setString(2, step.step());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        told.accept(row.getLong(1));
      }
    } catch (SQLException e) {
      LOG.debug("no progress to tell: {}", e.getSQLState());
    }
  }

  @Override
  public void close() {
    looking.cancel(false);
    timer.shutdownNow();
  }
}
