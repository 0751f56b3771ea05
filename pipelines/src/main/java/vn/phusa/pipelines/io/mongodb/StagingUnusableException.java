package vn.phusa.pipelines.io.mongodb;

/** The staging database cannot be used. The message is one line without secrets and data. */
public final class StagingUnusableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean mayPass;

  StagingUnusableException(String why, boolean mayPass, Throwable cause) {
    super(why, cause);
    this.mayPass = mayPass;
  }

  /** Whether it may be usable a little later. */
  public boolean mayPass() {
    return mayPass;
  }
}
