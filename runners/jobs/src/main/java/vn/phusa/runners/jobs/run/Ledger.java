package vn.phusa.runners.jobs.run;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.ledger.AnotherRunActiveException;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;

/**
 * The runs that the warehouse remembers (etl_run, etl_step), and the lock that lets one run at a
 * time.
 */
public interface Ledger extends StepLedger {

  /** The right to run, until it is closed or the process ends. */
  interface Lease extends AutoCloseable {
    /**
     * Makes sure that it is still held; where it was lost, as when the warehouse restarts, it is
     * taken anew.
     *
     * @throws AnotherRunActiveException if another run took it meanwhile: this one must stop
     * @throws SQLException if the warehouse does not answer
     */
    void verify() throws SQLException;

    @Override
    void close();
  }

  /** How a run or a step stands. */
  enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** Done, but for a part that is left for the next time. */
    PARTIAL,
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
  record Stopped(RunId id, Set<String> done, Instant stoppedAt) {}

  /**
   * Takes the lock. A run whose process died holds it no longer; what went on of it elsewhere has
   * ended then.
   *
   * @throws AnotherRunActiveException if it is taken
   * @throws ServiceUnavailableException if something of such a run still runs and cannot be ended
   */
  Lease acquire() throws SQLException;

  /**
   * The newest run of the command if it was stopped, including one whose process died; empty if the
   * newest reached its end or there is none, or if it loaded a period of its own. Called under the
   * lock.
   */
  Optional<Stopped> lastStopped(String command) throws SQLException;

  /**
   * Writes a new run.
   *
   * @param options its options, by name; secrets are references only
   * @return its id
   */
  RunId begin(String command, Map<String, String> options) throws SQLException;

  /** Writes that a stopped run continues. */
  void resume(RunId runId) throws SQLException;

  /**
   * Writes how the run ended; steps that are still running are aborted with it.
   *
   * @param why one line on why it failed or is only partly done, without personal data; null if it
   *     succeeded
   */
  void ended(RunId runId, Status status, String why) throws SQLException;
}
