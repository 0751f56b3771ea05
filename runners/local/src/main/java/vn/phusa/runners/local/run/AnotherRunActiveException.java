package vn.phusa.runners.local.run;

/** The warehouse is being loaded by another run. */
public class AnotherRunActiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param holder who holds the lock, as " (run 12 on host x since ...)"; empty if unknown
   */
  public AnotherRunActiveException(String holder) {
    super("another run is active" + holder);
  }
}
