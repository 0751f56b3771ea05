package vn.phusa.runners.embedded.home;

/** An embedded service cannot be started, used or stopped; the message says in one line why. */
public class EmbeddedServiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line for the user, without secrets
   */
  public EmbeddedServiceException(String message) {
    super(message);
  }

  /**
   * @param message one line for the user, without secrets
   * @param cause what went wrong underneath
   */
  public EmbeddedServiceException(String message, Throwable cause) {
    super(message, cause);
  }
}
