package vn.phusa.runners.jobs.replay;

import java.util.List;
import vn.phusa.runners.jobs.result.StepResult;
import vn.phusa.runners.jobs.run.RunContext;

/** What sends dead letters through again. */
public interface ReplayJobs {

  /**
   * Sends the selected dead letters through again.
   *
   * @return for each stage how many dead letters were taken up (read), came through (loaded), were
   *     rejected again (rejected), and were left waiting as they were (skipped) for want of what
   *     they came from
   */
  List<StepResult> replay(ReplaySetup setup, RunContext context) throws Exception;
}
