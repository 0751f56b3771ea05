package vn.phusa.runners.jobs.stream;

import java.sql.SQLException;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.StreamSettings;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;
import vn.phusa.runners.jobs.run.StreamJob;

/** What keeps the warehouse, Kafka and Redis up to date with the event topics. */
public interface StreamJobs {

  /**
   * Checks the settings, before anything is started.
   *
   * @throws InvalidOptionException if they name an unknown topic
   */
  void check(StreamSettings settings);

  /**
   * Makes sure that all topics are there, those that are read and those that are written.
   *
   * @throws ServiceUnavailableException if one is not; its line names it
   */
  void requireTopics(StreamSetup setup);

  /** The pipeline that streams; it ends by itself only if its settings say so. */
  StreamJob job(StreamSetup setup);

  /** A view of the stream of this setup, whoever runs it; the caller closes it. */
  StreamView view(StreamSetup setup);

  /** What is left to do once a stream has ended by itself. */
  void finish(StreamSetup setup) throws SQLException;
}
