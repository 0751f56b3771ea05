package vn.phusa.pipelines.io.warehouse.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import javax.sql.DataSource;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.step.RunId;

/** Polls every second how many rows of a run's steps are committed: the truth on any runner. */
public final class ProgressWatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressWatcher.class);

  private final DataSource warehouse;
  private final RunId run;
  private final ObjLongConsumer<String> report;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "rows-so-far");
            thread.setDaemon(true);
            return thread;
          });
  private final ScheduledFuture<?> polling;

  /** The timer's own, kept from one poll to the next: to log in costs more than to poll. */
  private @Nullable Connection connection;

  private ProgressWatcher(DataSource warehouse, RunId run, ObjLongConsumer<String> report) {
    this.warehouse = warehouse;
    this.run = run;
    this.report = report;
    this.polling = timer.scheduleWithFixedDelay(this::poll, 1, 1, TimeUnit.SECONDS);
  }

  /**
   * Begins to poll.
   *
   * @param report takes the steps that have any rows, and how many are loaded or skipped; called by
   *     one thread, not the caller's
   */
  public static ProgressWatcher watch(
      DataSource warehouse, RunId run, ObjLongConsumer<String> report) {
    return new ProgressWatcher(warehouse, run, report);
  }

  private void poll() {
    try {
      if (connection == null) {
        connection = warehouse.getConnection();
      }
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT step, sum(rows_loaded + rows_skipped) FROM etl_count"
                  + " WHERE run_id = ? GROUP BY step")) {
        statement.setObject(1, run.value());
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            report.accept(row.getString(1), row.getLong(2));
          }
        }
      }
    } catch (SQLException e) {
      LOG.debug("no progress to report: {}", e.getSQLState());
      disconnect();
    }
  }

  private void disconnect() {
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

  /** Stops polling; a poll that takes long ends by itself. */
  @Override
  public void close() {
    polling.cancel(false);
    timer.execute(this::disconnect);
    timer.shutdown();
    try {
      if (!timer.awaitTermination(1, TimeUnit.SECONDS)) {
        LOG.debug("still polling for rows");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
