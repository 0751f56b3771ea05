package vn.phusa.pipelines;

import org.apache.beam.sdk.PipelineResult.State;

/** How a pipeline ended. */
public final class PipelineEnd {
  private PipelineEnd() {}

  /**
   * Refuses an end that is not that of its work. A runner that was told to detach returns the state
   * instead of failing.
   *
   * @throws IllegalStateException if it is not done
   */
  public static void requireDone(State state) {
    if (state != State.DONE) {
      throw new IllegalStateException("the pipeline ended as " + state);
    }
  }
}
