package vn.phusa.runners.embedded.marketplace;

/** A request that does not keep the contract. */
final class Refusal extends RuntimeException {
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
  Refusal(int status, String code, String message, String reason) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.reason = reason;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  /** What is wrong, for the log. */
  String reason() {
    return code + ": " + reason;
  }
}
