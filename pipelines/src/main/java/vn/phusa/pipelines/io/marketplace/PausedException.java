package vn.phusa.pipelines.io.marketplace;

/**
 * An extraction that has to stop for now, and that the next one continues: no failure. The message
 * is one line that says why.
 */
public final class PausedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PausedException(String message) {
    super(message, null, false, false);
  }
}
