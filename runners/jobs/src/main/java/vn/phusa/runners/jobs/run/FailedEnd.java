package vn.phusa.runners.jobs.run;

import java.sql.SQLException;
import vn.phusa.pipelines.io.waiting.StopRequest;
import vn.phusa.runners.jobs.run.Ledger.Status;

/** How the end of a run or step that failed is written. */
final class FailedEnd {
  private FailedEnd() {}

  /** What was stopped did not fail. */
  static Status status(Throwable failure) {
    return StopRequest.explains(failure) ? Status.ABORTED : Status.FAILED;
  }

  /**
   * Writes it, also where a request to stop came. The failure is the one to report, whatever
   * becomes of that: the warehouse may be what failed.
   */
  static void write(Throwable failure, StopRequest.Work<SQLException> end) {
    try {
      StopRequest.despite(end);
    } catch (SQLException | RuntimeException unwritten) {
      failure.addSuppressed(unwritten);
    }
  }
}
