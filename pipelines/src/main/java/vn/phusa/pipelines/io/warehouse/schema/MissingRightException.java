package vn.phusa.pipelines.io.warehouse.schema;

/** The warehouse's user lacks a right; the message is one line that names it and its object. */
public final class MissingRightException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingRightException(String message) {
    super(message);
  }
}
