package vn.phusa.pipelines.io.marketplace.auth;

import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.limit.ExtractionPausedException;

/** Where a platform's tokens come from. */
public interface TokenSource {

  /** The secret that stored tokens are encrypted under. */
  String secret();

  /** What the first token is got with, if it can be used only once; else null. */
  @Nullable String grant();

  /** Whether any number of tokens can be got from the credentials alone. */
  boolean isRepeatable();

  /**
   * Gets a token.
   *
   * @param old the one before; null: the first
   * @param beforeSending is run right before a request is sent, when nothing is waited for any
   *     more; what it throws goes through, and nothing is sent
   * @throws TokenRefusedException if the platform refused for good
   * @throws TokenNotGivenException if the platform gave none, for now
   * @throws TokenInDoubtException if nobody knows whether the platform gave one
   * @throws ExtractionPausedException if the platform's limits exceed the wait budget
   */
  Token get(@Nullable Token old, Runnable beforeSending) throws InterruptedException;

  /** The platform refused. */
  final class TokenRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TokenRefusedException(String problem) {
      super(problem);
    }
  }

  /** The platform gave none, and what was sent is not used up: it may be sent again. */
  final class TokenNotGivenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isLimited;

    /**
     * @param isLimited whether that was for too many requests
     */
    TokenNotGivenException(String problem, boolean isLimited) {
      super(problem);
      this.isLimited = isLimited;
    }

    boolean isLimited() {
      return isLimited;
    }
  }

  /** The platform may or may not have given a token. */
  final class TokenInDoubtException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TokenInDoubtException(String problem) {
      super(problem);
    }
  }
}
