package vn.phusa.pipelines.io.marketplace.limit;

/**
 * An extraction that has to stop for now, and that the next one continues: no failure. The message
 * is one line that says why.
 */
public final class ExtractionPausedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ExtractionPausedException(String message) {
    super(message, null, false, false);
  }
}
