package vn.phusa.runners.jobs.preflight;

import java.sql.SQLException;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;
import vn.phusa.runners.jobs.failure.UsageException;

/** What has to be known of a kind of service: how to check it, and how to stand in for it. */
interface ServiceAccess {
  /** How long a service may take to answer. */
  int SECONDS = 10;

  /** Whether the options name one. */
  boolean isGiven(PipelineOptions options);

  /**
   * Checks what was given, without connecting.
   *
   * @throws InvalidOptionException if an option is malformed
   * @throws UsageException if a secret's reference leads nowhere
   */
  void checkGiven(PipelineOptions options);

  /**
   * Connects once.
   *
   * @throws ServiceUnavailableException if that fails; its line names service and option, and
   *     repeats no driver's message that may hold a secret
   */
  void checkConnects(PipelineOptions options);

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
  String startEmbedded(EmbeddedStores stores, PipelineOptions options) throws SQLException;
}
