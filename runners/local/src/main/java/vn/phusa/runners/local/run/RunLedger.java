package vn.phusa.runners.local.run;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The runs that the warehouse remembers (etl_run, etl_step), and the lock that lets one run at a
 * time.
 */
public interface RunLedger {

  /** The right to run, until it is closed or the process ends. */
  interface Lease extends AutoCloseable {
    @Override
    void close();
  }

  /** How a run or a step stands. */
  enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** It was stopped, or its process died. */
    ABORTED
  }

  /**
   * A run that did not reach its end.
   *
   * @param id its id
   * @param done the names of the steps that succeeded
   * @param stoppedAt when it was last heard of
   */
  record Stopped(String id, Set<String> done, Instant stoppedAt) {}

  /**
   * Takes the lock. A run whose process died holds it no longer.
   *
   * @throws AnotherRunActiveException if it is taken
   */
  Lease acquire() throws SQLException;

  /**
   * The newest run of the command if it did not succeed, including one whose process died; empty if
   * the newest succeeded or there is none, or if it loaded a period of its own. Called under the
   * lock.
   */
  Optional<Stopped> lastStopped(String command) throws SQLException;

  /**
   * Writes a new run.
   *
   * @param options what it was told, by name; secrets are references only
   * @return its id
   */
  String begin(String command, Map<String, String> options) throws SQLException;

  /** Writes that a stopped run goes on. */
  void resume(String runId) throws SQLException;

  /** Writes that a step was started; attempt 1 is the first, and a later one replaces the row. */
  void stepStarted(String runId, String step, int attempt) throws SQLException;

  /**
   * Writes how a step ended.
   *
   * @param results empty if it failed
   * @param error one line without personal data; null if it succeeded
   */
  void stepEnded(String runId, String step, Status status, List<StepResult> results, String error)
      throws SQLException;

  /**
   * Writes how the run ended.
   *
   * @param error one line without personal data; null if it succeeded
   */
  void ended(String runId, Status status, String error) throws SQLException;
}
