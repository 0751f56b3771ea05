package vn.phusa.pipelines.io.postgres;

/** A text that PostgreSQL cannot hold, or that would change on the way to it. */
final class UnstorableTextException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnstorableTextException(String what) {
    super(what + " in a text cannot be stored", null, false, false);
  }
}
