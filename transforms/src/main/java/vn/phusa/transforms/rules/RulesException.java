package vn.phusa.transforms.rules;

/** Rules that cannot be used. The message is one line and names the key. */
public final class RulesException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public RulesException(String message) {
    super(message);
  }

  static void check(boolean condition, String message) {
    if (!condition) {
      throw new RulesException(message);
    }
  }

  static <T> T required(T value, String key) {
    check(value != null, "rules: \"" + key + "\" is missing");
    return value;
  }
}
