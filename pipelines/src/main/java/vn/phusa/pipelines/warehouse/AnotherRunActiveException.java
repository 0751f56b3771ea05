package vn.phusa.pipelines.warehouse;

/** Another process holds the {@link RunLock} that this one wants. */
public final class AnotherRunActiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param which what is known of it, as " (run, since ...)"; empty if nothing is
   */
  public AnotherRunActiveException(String which) {
    super("another run is active" + which);
  }
}
