package vn.phusa.runners.jobs.load;

import com.mongodb.MongoException;
import java.sql.SQLException;
import java.util.Locale;
import org.apache.commons.lang3.exception.ExceptionUtils;
import vn.phusa.options.address.MongoAddress;
import vn.phusa.pipelines.io.staging.StagingUnusableException;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;

/** Distinguishes a staging database that cannot be used from every other failure. */
public final class StagingCheck {
  private StagingCheck() {}

  /** What is done with the staging database. */
  public interface Use<T> {
    T get() throws SQLException;
  }

  /**
   * Uses it.
   *
   * @throws ServiceUnavailableException if it cannot be used
   */
  public static <T> T usable(MongoAddress staging, Use<T> use) throws SQLException {
    try {
      return use.get();
    } catch (RuntimeException e) {
      for (Throwable cause : ExceptionUtils.getThrowableList(e)) {
        if (cause instanceof StagingUnusableException unusable) {
          throw reported(staging, unusable, e);
        }
        if (cause instanceof MongoException failure) {
          throw reported(staging, StagingUnusableException.of(failure), e);
        }
      }
      throw e;
    }
  }

  private static ServiceUnavailableException reported(
      MongoAddress staging, StagingUnusableException unusable, RuntimeException e) {
    return new ServiceUnavailableException(
        String.format(
            Locale.ROOT,
            "%s (--%s): %s",
            staging.service(),
            staging.option(),
            unusable.getMessage()),
        unusable.isRetryable(),
        e);
  }
}
