package vn.phusa.runners.jobs.preflight;

import java.nio.file.Path;
import java.sql.SQLException;

/** Services on loopback, started when they are first asked for and stopped by {@link #close}. */
public interface EmbeddedStores extends AutoCloseable {

  /**
   * A database of the embedded PostgreSQL.
   *
   * @param url a JDBC URL without user and password
   * @param passwordFile the file whose text is the password; its owner alone can read it
   */
  record Database(String name, String url, String user, Path passwordFile) {}

  /**
   * The embedded Redis.
   *
   * @param uri redis://host:port/database without user and password
   * @param passwordFile the file whose text is the password; its owner alone can read it
   */
  record Redis(String uri, Path passwordFile) {}

  /**
   * The embedded Kafka.
   *
   * @param bootstrapServers host:port
   * @param properties the file of a client's further settings, with a reference where the password
   *     stands
   * @param toolsFile the same with the password; its owner alone can read it
   */
  record Kafka(String bootstrapServers, Path properties, Path toolsFile) {}

  /**
   * The embedded MongoDB.
   *
   * @param uri mongodb://host:port without user and password
   * @param passwordFile the file whose text is the password; its owner alone can read it
   */
  record Staging(String uri, String user, Path passwordFile) {}

  /** The database of that name, created where it is absent. */
  Database database(String name) throws SQLException;

  /** Whether there is a database of that name; PostgreSQL is started only where it has data. */
  boolean hasDatabase(String name) throws SQLException;

  /** The embedded MongoDB. */
  Staging staging();

  /** Whether the embedded MongoDB has been used before; it is not started. */
  boolean hasStaging();

  /**
   * The simulated marketplaces and feeds, started if they were not.
   *
   * @return a file for {@code --marketplaces} that names their addresses, and their credentials as
   *     references to files
   */
  Path marketplaces();

  /** Whether the simulated marketplaces have been used before; they are not started. */
  boolean hasMarketplaces();

  /** The embedded Kafka, with the contract's topics. */
  Kafka kafka();

  /** The embedded Redis. */
  Redis redis();

  @Override
  void close();
}
