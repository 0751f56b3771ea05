package vn.phusa.runners.local.run;

/** A step that failed for good. Its cause is the last attempt's failure. */
public class StepFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String step;

  public StepFailedException(String step, Throwable cause) {
    super(step + " failed", cause);
    this.step = step;
  }

  /** The step's name. */
  public String step() {
    return step;
  }
}
