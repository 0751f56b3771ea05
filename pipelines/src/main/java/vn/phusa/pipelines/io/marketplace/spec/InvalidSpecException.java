package vn.phusa.pipelines.io.marketplace.spec;

import java.util.Optional;

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

  /** Throws if a kind has found a problem, whose message begins with a key below. */
  static void checkNone(Optional<String> problem, String below) {
    if (problem.isPresent()) {
      throw new InvalidSpecException(below + problem.get());
    }
  }
}
