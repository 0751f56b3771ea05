package vn.phusa.pipelines.io.warehouse.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.RunId;

/**
 * Writes down what a run does: etl_run and etl_step.
 *
 * <p>While a step runs, its sinks write rows of etl_count in the transactions of the data, and its
 * rejected records stand in dead_letter under the run's id and the step's name. When the step ends,
 * both are summed into its row of etl_step. Times are the database's, so that runs on several
 * machines can be compared. Every call takes a connection of its own and commits.
 */
public final class RunLedger {

  private static final String STOPPED = "stopped";

  private final DataSource warehouse;

  public RunLedger(DataSource warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Begins a run.
   *
   * @param command the command's name
   * @param options what it was started with; values may be null, and must not hold secrets
   */
  public RunId begin(String command, Map<String, String> options) throws SQLException {
    RunId run = RunId.random();
    try (Connection connection = warehouse.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO etl_run (run_id, command, started, options)"
                    + " VALUES (?, ?, clock_timestamp(), jsonb_object(?::text[], ?::text[]))")) {
      List<String> names = List.copyOf(options.keySet());
      insert.setObject(1, run.value());
      insert.setString(2, command);
      insert.setArray(3, connection.createArrayOf("text", names.toArray()));
      insert.setArray(
          4, connection.createArrayOf("text", names.stream().map(options::get).toArray()));
      insert.executeUpdate();
    }
    return run;
  }

  /** Writes that a run that ended continues; who holds its lock is written by {@link RunLock}. */
  public void resume(RunId run) throws SQLException {
    try (Connection connection = warehouse.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE etl_run SET status = 'running', ended = NULL, error = NULL,"
                    // The session that had the lock then.
                    + " backend_pid = NULL, backend_start = NULL WHERE run_id = ?")) {
      update.setObject(1, run.value());
      update.executeUpdate();
    }
  }

  /**
   * Begins a step, or begins it again: then what its earlier attempt counted is forgotten, since
   * the rows that it wrote are read again and counted as skipped. Waits for batches of the earlier
   * attempt that are about to be committed; from then on none can be.
   *
   * @return which attempt of the step this is, from 1
   */
  public int beginStep(RunId run, String step) throws SQLException {
    try (Connection connection = warehouse.getConnection()) {
      connection.setAutoCommit(false);
      int attempt = new StepRows(connection, run).begin(step);
      connection.commit();
      return attempt;
    }
  }

  /**
   * Sums what was counted so far into a step that continues: a stream does so once a minute.
   *
   * @return the counts since the step began
   * @throws IllegalStateException when the step was not begun
   */
  public RowCounts progress(RunId run, String step) throws SQLException {
    try (Connection connection = warehouse.getConnection()) {
      return new StepRows(connection, run).fold(step);
    }
  }

  /**
   * Ends a step that did its work.
   *
   * @return its counts; the caller judges whether {@link RowCounts#isConserved} must hold
   * @throws IllegalStateException when the step was not begun
   */
  public RowCounts finishStep(RunId run, String step) throws SQLException {
    return endStep(run, step, RunStatus.SUCCEEDED, null);
  }

  /**
   * Ends a step that did a part of its work, and whose next run continues there.
   *
   * @param why why it stopped, in one line, without secrets or personal data
   * @throws IllegalStateException when the step was not begun
   */
  public RowCounts pauseStep(RunId run, String step, String why) throws SQLException {
    return endStep(run, step, RunStatus.PARTIAL, why);
  }

  /**
   * Ends a step that failed; what it counted until then is kept.
   *
   * @param error why, in one line, without secrets or personal data
   * @throws IllegalStateException when the step was not begun
   */
  public RowCounts failStep(RunId run, String step, String error) throws SQLException {
    return endStep(run, step, RunStatus.FAILED, error);
  }

  /** Ends a step that was stopped from outside; what it counted until then is kept. */
  public RowCounts abortStep(RunId run, String step) throws SQLException {
    return endStep(run, step, RunStatus.ABORTED, STOPPED);
  }

  /**
   * Ends a run. Steps that are still running are aborted with it.
   *
   * @param error why it failed, in one line; null when it did not
   * @throws IllegalStateException when there is no such run
   */
  public void finish(RunId run, RunStatus status, @Nullable String error) throws SQLException {
    try (Connection connection = warehouse.getConnection()) {
      connection.setAutoCommit(false);
      new StepRows(connection, run)
          .abortRunning(status == RunStatus.ABORTED ? STOPPED : "the run ended first");
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE etl_run SET ended = clock_timestamp(), status = ?, error = ?"
                  + " WHERE run_id = ?")) {
        update.setString(1, status.column());
        update.setString(2, StepRows.printable(error));
        update.setObject(3, run.value());
        if (update.executeUpdate() != 1) {
          throw new IllegalStateException("no such run: " + run);
        }
      }
      connection.commit();
    }
  }

  /**
   * Closes the runs of a command whose process died without a word. To be called while holding the
   * command's {@link RunLock} and before {@link #begin}: then none of them can be alive.
   *
   * @return the runs that are now aborted
   */
  public List<RunId> abandonStale(String command) throws SQLException {
    String why = "the process ended without finishing the run";
    List<RunId> abandoned = new ArrayList<>();
    try (Connection connection = warehouse.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE etl_run SET ended = clock_timestamp(), status = 'aborted', error = ?"
                  + " WHERE command = ? AND status = 'running' RETURNING run_id")) {
        update.setString(1, why);
        update.setString(2, command);
        try (ResultSet rows = update.executeQuery()) {
          while (rows.next()) {
            abandoned.add(new RunId(rows.getObject(1, UUID.class)));
          }
        }
      }
      for (RunId run : abandoned) {
        new StepRows(connection, run).abortRunning(why);
      }
      connection.commit();
    }
    return List.copyOf(abandoned);
  }

  /**
   * The newest runs with their steps, the newest first.
   *
   * @param n how many at most
   */
  public List<RunSummary> lastRuns(int n) throws SQLException {
    try (Connection connection = warehouse.getConnection()) {
      return new RunHistory(connection).lastRuns(n);
    }
  }

  /** The steps of a run, by their names. */
  public List<StepSummary> steps(RunId run) throws SQLException {
    try (Connection connection = warehouse.getConnection()) {
      return new RunHistory(connection).steps(run);
    }
  }

  /** Those of the runs that are of one of the commands. */
  public Set<RunId> ofCommands(Set<RunId> runs, Collection<String> commands) throws SQLException {
    try (Connection connection = warehouse.getConnection()) {
      return new RunHistory(connection).ofCommands(runs, commands);
    }
  }

  /** Whether a run was given one of these options; false if there is no such run. */
  public boolean wasGiven(RunId run, Set<String> options) throws SQLException {
    try (Connection connection = warehouse.getConnection()) {
      return new RunHistory(connection).wasGiven(run, options);
    }
  }

  private RowCounts endStep(RunId run, String step, RunStatus status, @Nullable String error)
      throws SQLException {
    try (Connection connection = warehouse.getConnection()) {
      connection.setAutoCommit(false);
      RowCounts counts = new StepRows(connection, run).end(step, status, error);
      connection.commit();
      return counts;
    }
  }
}
