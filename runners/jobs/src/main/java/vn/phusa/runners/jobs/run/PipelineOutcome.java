package vn.phusa.runners.jobs.run;

import java.io.IOException;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.waiting.StopRequest;
import vn.phusa.runners.jobs.failure.PipelineEndedException;

/** How a pipeline ended. */
public final class PipelineOutcome {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineOutcome.class);

  private PipelineOutcome() {}

  /**
   * Waits until a bounded pipeline is done. Where its failure comes from a request to stop, it is
   * cancelled: nothing is to be written any more by one that nobody waits for.
   *
   * @throws RuntimeException if it failed, or the thread was interrupted
   */
  public static void await(PipelineResult running) {
    try {
      requireDone(running.waitUntilFinish());
    } catch (RuntimeException e) {
      if (StopRequest.explains(e)) {
        StopRequest.despite(() -> cancel(running));
      }
      throw e;
    }
  }

  /** Cancels a pipeline. What cannot be cancelled has ended. */
  public static void cancel(PipelineResult running) {
    try {
      running.cancel();
    } catch (IOException | RuntimeException e) {
      LOG.debug("not cancelled", e);
    }
  }

  /**
   * Refuses an end that is not that of its work. A runner that was asked to detach returns the
   * state instead of failing.
   *
   * @throws PipelineEndedException if it is not done
   */
  public static void requireDone(State state) {
    if (state != State.DONE) {
      throw new PipelineEndedException(state);
    }
  }
}
