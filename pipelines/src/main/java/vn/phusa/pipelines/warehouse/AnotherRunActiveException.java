package vn.phusa.pipelines.warehouse;

/** Another process runs the same command on the same warehouse. */
public final class AnotherRunActiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AnotherRunActiveException(String command) {
    super("another run of \"" + command + "\" is active on this warehouse");
  }
}
