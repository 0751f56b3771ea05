package vn.phusa.runners.jobs.preflight;

import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.SecretReference;
import vn.phusa.options.address.UnresolvedSecretException;
import vn.phusa.runners.jobs.failure.UsageException;

/** Finds out at the start whether a secret is where its reference points. */
final class GivenSecret {
  private GivenSecret() {}

  /**
   * Checks that it is there.
   *
   * @param option the option that holds the reference
   * @throws UsageException if there is nothing
   */
  static void check(String option, @Nullable SecretReference secret) {
    if (secret != null) {
      check(option, secret::resolve);
    }
  }

  /** As the other, for whatever resolves secrets. */
  static void check(String option, Runnable resolving) {
    try {
      resolving.run();
    } catch (UnresolvedSecretException e) {
      throw new UsageException("--" + option + ": " + e.getMessage());
    }
  }
}
