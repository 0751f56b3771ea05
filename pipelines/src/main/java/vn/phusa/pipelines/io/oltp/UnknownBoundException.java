package vn.phusa.pipelines.io.oltp;

/** Nobody can say up to where a source is complete: reading it could pass over rows for ever. */
public final class UnknownBoundException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message why, as the end of a sentence about the source
   */
  UnknownBoundException(String message) {
    super(message);
  }
}
