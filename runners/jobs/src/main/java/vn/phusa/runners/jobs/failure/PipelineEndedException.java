package vn.phusa.runners.jobs.failure;

import org.apache.beam.sdk.PipelineResult.State;

/** A pipeline ended without having done its work. The message is one line for a person. */
public final class PipelineEndedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final boolean isCancelled;

  /**
   * @param state how it ended; null if its runner does not know
   */
  public PipelineEndedException(State state) {
    super("the job ended as " + state);
    this.isCancelled = state == State.CANCELLED;
  }

  /** Whether somebody cancelled it. */
  public boolean isCancelled() {
    return isCancelled;
  }
}
