package vn.phusa.pipelines.io.warehouse.ledger;

import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Another process holds the {@link RunLock} that this one wants. */
public final class AnotherRunActiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable RunHolder holder;

  /**
   * @param which what is known of it, as " (run, since ...)"; empty if nothing is
   */
  public AnotherRunActiveException(String which) {
    super("another run is active" + which);
    this.holder = null;
  }

  /**
   * @param holder who holds the lock
   */
  AnotherRunActiveException(RunHolder holder) {
    super("another run is active");
    this.holder = holder;
  }

  /** Who holds the lock; empty where nobody knows. */
  public Optional<RunHolder> holder() {
    return Optional.ofNullable(holder);
  }
}
