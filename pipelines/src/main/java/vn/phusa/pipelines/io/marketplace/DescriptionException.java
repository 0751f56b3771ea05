package vn.phusa.pipelines.io.marketplace;

/** A description that cannot be used. The message is one line and names the key. */
final class DescriptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  DescriptionException(String message) {
    super(message);
  }

  static void check(boolean condition, String message) {
    if (!condition) {
      throw new DescriptionException(message);
    }
  }
}
