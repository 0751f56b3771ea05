package vn.phusa.pipelines.io.marketplace;

/**
 * A marketplace or feed that cannot be extracted. The message is one line that says whose fault it
 * is; it shows no token, no parameter and nothing of a record.
 */
public final class MarketplaceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MarketplaceException(String message) {
    super(message);
  }
}
