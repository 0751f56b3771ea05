package vn.phusa.runners.jobs.run;

import java.sql.SQLException;
import java.util.Set;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;

/** Jobs that still run somewhere though the client that submitted them is gone. */
@FunctionalInterface
public interface LeftJobs {
  /** Where a job ends with its client at the latest. */
  LeftJobs NONE = over -> {};

  /** Knows which runs nobody runs any more. */
  @FunctionalInterface
  interface Over {
    /** Those of the runs that are of the asker's kind; the asker holds the lock of that kind. */
    Set<RunId> among(Set<RunId> runs) throws SQLException;
  }

  /**
   * Ends the jobs of runs that are over, and waits until they have ended.
   *
   * @throws SQLException if the warehouse does not say which runs are over
   * @throws ServiceUnavailableException if a job cannot be ended; also if the thread is
   *     interrupted, which stays marked then
   */
  void end(Over over) throws SQLException;
}
