package vn.phusa.transforms.errors;

/**
 * A record cannot be used. Carries no stack trace: it is an outcome of the data and not of the
 * code, and hostile input may bring millions.
 */
public final class RejectedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /**
   * @param error one sentence for a person that names the field and shows none of its content
   */
  public RejectedException(Reason reason, String error) {
    super(error, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
