package vn.phusa.pipelines.io.warehouse.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.transforms.errors.PrintableText;

/**
 * Writes down what a run does: etl_run and etl_step.
 *
 * <p>While a step runs, its sinks write rows of etl_count in the transactions of the data, and its
 * rejected records stand in dead_letter under the run's id and the step's name. When the step ends,
 * both are summed into its row of etl_step. Times are the database's, so that runs on several
 * machines can be compared. Every call takes a connection of its own and commits.
 */
public final class RunLedger {

  /** Takes the count rows away and adds them to the step in one statement: none counts twice. */
  private static final String FOLD =
      """
      WITH counted AS (
        DELETE FROM etl_count WHERE run_id = ? AND step = ? RETURNING *),
      total AS (
        SELECT coalesce(sum(rows_read), 0) AS rows_read,
          coalesce(sum(rows_loaded), 0) AS rows_loaded,
          coalesce(sum(rows_skipped), 0) AS rows_skipped,
          coalesce(sum(versions_opened), 0) AS versions_opened,
          coalesce(sum(versions_closed), 0) AS versions_closed
        FROM counted)
      UPDATE etl_step s SET
        rows_read = coalesce(s.rows_read, 0) + t.rows_read,
        rows_loaded = coalesce(s.rows_loaded, 0) + t.rows_loaded,
        rows_skipped = coalesce(s.rows_skipped, 0) + t.rows_skipped,
        versions_opened = coalesce(s.versions_opened, 0) + t.versions_opened,
        versions_closed = coalesce(s.versions_closed, 0) + t.versions_closed,
        rows_rejected = (
          SELECT count(*) FROM dead_letter d WHERE d.run_id = s.run_id AND d.step = s.step)
      FROM total t
      WHERE s.run_id = ? AND s.step = ?
      RETURNING s.*
      """;

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
      try (PreparedStatement wait =
          connection.prepareStatement(
              "SELECT 1 FROM etl_step WHERE run_id = ? AND step = ? FOR UPDATE")) {
        bindStep(wait, 1, run, step);
        wait.execute();
      }
      int attempt = begin(connection, run, step);
      connection.commit();
      return attempt;
    }
  }

  private static int begin(Connection connection, RunId run, String step) throws SQLException {
    try (PreparedStatement begin =
        connection.prepareStatement(
            "WITH forgotten AS (DELETE FROM etl_count WHERE run_id = ? AND step = ?),"
                // Those that are met again are counted again.
                + " unclaimed AS (UPDATE dead_letter SET run_id = NULL, step = NULL"
                + " WHERE run_id = ? AND step = ?)"
                + " INSERT INTO etl_step (run_id, step, started)"
                + " VALUES (?, ?, clock_timestamp()) ON CONFLICT (run_id, step) DO UPDATE SET"
                + " started = excluded.started, ended = NULL, status = 'running', error = NULL,"
                + " rows_read = NULL, rows_loaded = NULL, rows_rejected = NULL,"
                + " rows_skipped = NULL, versions_opened = NULL, versions_closed = NULL,"
                + " attempt = etl_step.attempt + 1"
                + " RETURNING attempt")) {
      bindStep(begin, 1, run, step);
      bindStep(begin, 3, run, step);
      bindStep(begin, 5, run, step);
      try (ResultSet row = begin.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /**
   * Sums what was counted so far into a step that goes on: a stream does so once a minute.
   *
   * @return the counts since the step began
   * @throws IllegalStateException when the step was not begun
   */
  public StepCounts progress(RunId run, String step) throws SQLException {
    try (Connection connection = warehouse.getConnection()) {
      return fold(connection, run, step);
    }
  }

  /**
   * Ends a step that did its work.
   *
   * @return its counts; the caller judges whether {@link StepCounts#isConserved} must hold
   * @throws IllegalStateException when the step was not begun
   */
  public StepCounts finishStep(RunId run, String step) throws SQLException {
    return endStep(run, step, RunStatus.SUCCEEDED, null);
  }

  /**
   * Ends a step that did a part of its work, and whose next run goes on from there.
   *
   * @param why why it stopped, in one line, without secrets or personal data
   * @throws IllegalStateException when the step was not begun
   */
  public StepCounts pauseStep(RunId run, String step, String why) throws SQLException {
    return endStep(run, step, RunStatus.PARTIAL, why);
  }

  /**
   * Ends a step that failed; what it counted until then is kept.
   *
   * @param error why, in one line, without secrets or personal data
   * @throws IllegalStateException when the step was not begun
   */
  public StepCounts failStep(RunId run, String step, String error) throws SQLException {
    return endStep(run, step, RunStatus.FAILED, error);
  }

  /** Ends a step that was stopped from outside; what it counted until then is kept. */
  public void abortStep(RunId run, String step) throws SQLException {
    endStep(run, step, RunStatus.ABORTED, STOPPED);
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
      abortSteps(connection, run, status == RunStatus.ABORTED ? STOPPED : "the run ended first");
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE etl_run SET ended = clock_timestamp(), status = ?, error = ?"
                  + " WHERE run_id = ?")) {
        update.setString(1, status.column());
        update.setString(2, printable(error));
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
        abortSteps(connection, run, why);
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

  private StepCounts endStep(RunId run, String step, RunStatus status, @Nullable String error)
      throws SQLException {
    try (Connection connection = warehouse.getConnection()) {
      connection.setAutoCommit(false);
      StepCounts counts = fold(connection, run, step);
      setStatus(connection, run, step, status, error);
      connection.commit();
      return counts;
    }
  }

  private static void abortSteps(Connection connection, RunId run, String error)
      throws SQLException {
    for (StepSummary step : new RunHistory(connection).steps(run)) {
      if (step.status() == RunStatus.RUNNING) {
        fold(connection, run, step.step());
        setStatus(connection, run, step.step(), RunStatus.ABORTED, error);
      }
    }
  }

  private static StepCounts fold(Connection connection, RunId run, String step)
      throws SQLException {
    try (PreparedStatement fold = connection.prepareStatement(FOLD)) {
      bindStep(fold, 1, run, step);
      bindStep(fold, 3, run, step);
      try (ResultSet row = fold.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("step " + step + " of run " + run + " was not begun");
        }
        return RunHistory.counts(row);
      }
    }
  }

  private static void setStatus(
      Connection connection, RunId run, String step, RunStatus status, @Nullable String error)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE etl_step SET ended = clock_timestamp(), status = ?, error = ?"
                + " WHERE run_id = ? AND step = ?")) {
      update.setString(1, status.column());
      update.setString(2, printable(error));
      bindStep(update, 3, run, step);
      update.executeUpdate();
    }
  }

  /** Why something failed may quote a file's name or a service's answer. */
  private static @Nullable String printable(@Nullable String error) {
    return error == null ? null : PrintableText.line(error);
  }

  private static void bindStep(PreparedStatement statement, int first, RunId run, String step)
      throws SQLException {
    statement.setObject(first, run.value());
    statement.setString(first + 1, step);
  }
}
