package vn.phusa.runners.jobs.failure;

/**
 * How a command ended, as the shell sees it. Which one a failure has says {@link
 * vn.phusa.runners.jobs.failure.Failure#of}.
 */
public enum ExitCode {
  DONE(0),
  /** Nothing was started. */
  WRONG_OPTIONS(2),
  /** A source or sink is unreachable, refuses, or has no schema. */
  SERVICE_UNUSABLE(3),
  PIPELINE_FAILED(4),
  QUALITY_GATE_FAILED(5),
  ANOTHER_RUN_ACTIVE(6),
  /** Stopped by a signal, as shells count it for Ctrl-C. */
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
