package vn.phusa.runners.jobs.failure;

/**
 * A source or sink that cannot be used. The message is one line that names the service and its
 * option, without secrets.
 */
public class ServiceUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean isRetryable;

  /**
   * @param isRetryable whether it may be usable a little later, as with a database that restarts
   * @param cause null: none
   */
  public ServiceUnavailableException(String message, boolean isRetryable, Throwable cause) {
    super(message, cause);
    this.isRetryable = isRetryable;
  }

  /** Whether it is worth trying again. */
  public boolean isRetryable() {
    return isRetryable;
  }
}
