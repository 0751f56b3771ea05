package vn.phusa.pipelines.io.warehouse.ledger;

import vn.phusa.pipelines.io.step.StepId;

/**
 * A writer outlived the attempt that it wrote for: the step has begun again, which reads the same
 * rows. What it would have written is not committed.
 */
public final class AttemptOverException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AttemptOverException(StepId step) {
    super("attempt " + step.attempt() + " of " + step.step() + " is over");
  }
}
