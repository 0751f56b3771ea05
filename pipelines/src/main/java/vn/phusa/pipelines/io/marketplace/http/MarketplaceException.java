package vn.phusa.pipelines.io.marketplace.http;

/**
 * A marketplace or feed that cannot be extracted. The message is one line that says whose fault it
 * is; it shows no token, no parameter and nothing of a record.
 */
public final class MarketplaceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean isRetryable;

  private MarketplaceException(String message, boolean isRetryable) {
    super(message);
    this.isRetryable = isRetryable;
  }

  /** What stays as it is until somebody mends it: a refusal, a wrong description. */
  public static MarketplaceException lasting(String message) {
    return new MarketplaceException(message, false);
  }

  /** What may be over in a while: a platform that is away or has trouble of its own. */
  public static MarketplaceException passing(String message) {
    return new MarketplaceException(message, true);
  }

  /** Whether it may be over in a while, so that the same is worth trying again. */
  public boolean isRetryable() {
    return isRetryable;
  }
}
