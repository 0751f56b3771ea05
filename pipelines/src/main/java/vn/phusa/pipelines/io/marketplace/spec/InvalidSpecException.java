package vn.phusa.pipelines.io.marketplace.spec;

/** A description that cannot be used. The message is one line and names the key. */
final class InvalidSpecException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidSpecException(String message) {
    super(message);
  }

  static void check(boolean condition, String message) {
    if (!condition) {
      throw new InvalidSpecException(message);
    }
  }
}
