package vn.phusa.runners.jobs.extract;

import java.io.Serializable;
import java.time.Duration;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.ExtractionOptions;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.LoadSettings;

/**
 * {@link ExtractionOptions} as values.
 *
 * @param platforms the names of those to extract, separated by commas; null: all that are ready
 * @param longestWait how long a platform is waited for at most
 */
public record ExtractSettings(@Nullable String platforms, Duration longestWait)
    implements Serializable {

  /**
   * Reads the options.
   *
   * @throws InvalidOptionException for the first that is malformed
   */
  public static ExtractSettings of(ExtractionOptions options) {
    return new ExtractSettings(
        options.getPlatforms(), LoadSettings.duration("longestWait", options.getLongestWait()));
  }
}
