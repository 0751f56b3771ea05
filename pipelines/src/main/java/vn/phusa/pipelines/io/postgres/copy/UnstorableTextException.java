package vn.phusa.pipelines.io.postgres.copy;

/** A text that PostgreSQL cannot hold, or that would change on the way to it. */
public final class UnstorableTextException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnstorableTextException(String what) {
    super(what + " in a text cannot be stored", null, false, false);
  }
}
