package vn.phusa.pipelines.io.kafka.decode;

import org.checkerframework.checker.nullness.qual.Nullable;

/** The schema registry cannot be used. The message is one line without its address. */
public final class RegistryUnusableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean isRetryable;

  /**
   * @param why begins after "the schema registry"
   * @param isRetryable whether it may be usable a little later
   * @param cause null: none
   */
  RegistryUnusableException(String why, boolean isRetryable, @Nullable Throwable cause) {
    super("the schema registry " + why, cause);
    this.isRetryable = isRetryable;
  }

  /** Whether it may be usable a little later. */
  public boolean isRetryable() {
    return isRetryable;
  }
}
