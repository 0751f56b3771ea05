package vn.phusa.runners.jobs.preflight;

import java.sql.SQLException;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;
import vn.phusa.runners.jobs.failure.UsageException;

/**
 * What has to be known of a kind of service: how to check it, and how to stand in for it.
 *
 * @param <A> where such a service is, and how it is entered
 */
interface ServiceAccess<A> {
  /** How long a service may take to answer. */
  int SECONDS = 10;

  /**
   * Where the options say that it is; empty if they name none.
   *
   * @throws InvalidOptionException if an option is malformed
   */
  Optional<A> address(PipelineOptions options);

  /**
   * Checks what was given, without connecting.
   *
   * @throws InvalidOptionException if an option is malformed
   * @throws UsageException if a secret's reference leads nowhere
   */
  void checkGiven(A given);

  /**
   * Connects once.
   *
   * @throws ServiceUnavailableException if that fails; its line names service and option, and
   *     repeats no driver's message that may hold a secret
   */
  void checkConnects(A given);

  /**
   * Whether the embedded one has been used before, so that there is something to load from it;
   * false for what is not loaded from.
   */
  default boolean hasEmbeddedData(EmbeddedStores stores) throws SQLException {
    return false;
  }

  /**
   * Starts the embedded one and lets the options name it.
   *
   * @return how to look into it from a shell; null: not from a shell
   */
  @Nullable String startEmbedded(EmbeddedStores stores, PipelineOptions options)
      throws SQLException;
}
