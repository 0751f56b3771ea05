package vn.phusa.runners.jobs.preflight;

import java.sql.SQLException;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.KafkaAddress;

/** The sample shop's data. */
public interface SampleData {

  /** Whether the database has the shop's tables. */
  boolean isThere(DatabaseAddress oltp) throws SQLException;

  /**
   * Creates the tables of an empty database and fills them.
   *
   * @return one line on what was written
   */
  String fill(DatabaseAddress oltp, SampleSize size) throws SQLException;

  /**
   * Lets a day pass in a shop that was filled: new orders, changed customers, prices and states.
   *
   * @return one line on what was written
   */
  String passADay(DatabaseAddress oltp, SampleSize size) throws SQLException;

  /**
   * Sends what happens in the shop from now on, as events: sales, moved stock, changed customers,
   * with the dirt that such topics have. Returns when the last is in Kafka; each call sends others.
   *
   * @throws org.apache.kafka.common.KafkaException if one did not get there, or the thread was
   *     interrupted
   */
  void sendEvents(KafkaAddress kafka, SampleSize size);
}
