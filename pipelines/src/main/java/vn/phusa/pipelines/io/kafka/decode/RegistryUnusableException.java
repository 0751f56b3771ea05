package vn.phusa.pipelines.io.kafka.decode;

import org.checkerframework.checker.nullness.qual.Nullable;

/** The schema registry cannot be used. The message is one line without its address. */
public final class RegistryUnusableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean mayPass;

  /**
   * @param why begins after "the schema registry"
   * @param mayPass whether it may be usable a little later
   * @param cause null: none
   */
  RegistryUnusableException(String why, boolean mayPass, @Nullable Throwable cause) {
    super("the schema registry " + why, cause);
    this.mayPass = mayPass;
  }

  /** Whether it may be usable a little later. */
  public boolean mayPass() {
    return mayPass;
  }
}
