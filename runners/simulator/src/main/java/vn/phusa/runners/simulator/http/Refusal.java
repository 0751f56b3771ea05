package vn.phusa.runners.simulator.http;

/** A request that does not keep the contract. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String reason;

  /**
   * A refusal.
   *
   * @param status the HTTP status
   * @param code the platform's code
   * @param message the platform's words
   * @param reason what is wrong, for the log; never a secret
   */
  public Refusal(int status, String code, String message, String reason) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.reason = reason;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  /** What is wrong, for the log. */
  public String reason() {
    return code + ": " + reason;
  }
}
