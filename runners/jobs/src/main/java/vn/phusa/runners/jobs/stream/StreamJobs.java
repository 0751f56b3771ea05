package vn.phusa.runners.jobs.stream;

import java.sql.SQLException;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.StreamOptions;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;
import vn.phusa.runners.jobs.run.StreamJob;

/** What keeps the warehouse, Kafka and Redis up to date with the event topics. */
public interface StreamJobs {

  /**
   * Checks the options, before anything is started.
   *
   * @throws InvalidOptionException for the first that is malformed or names an unknown topic
   */
  void check(StreamOptions options);

  /**
   * Makes sure that all topics are there, those that are read and those that are written.
   *
   * @throws ServiceUnavailableException if one is not; its line names it
   */
  void requireTopics(StreamOptions options);

  /** The pipeline that streams; it ends by itself only if the options say so. */
  StreamJob job(StreamOptions options);

  /** A view of the stream of these options, whoever runs it; the caller closes it. */
  StreamView view(StreamOptions options);

  /** What is left to do once a stream has ended by itself. */
  void finish(StreamOptions options) throws SQLException;
}
