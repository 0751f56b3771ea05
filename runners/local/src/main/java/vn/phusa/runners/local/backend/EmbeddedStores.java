package vn.phusa.runners.local.backend;

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

  /** The database of that name, created where it is absent. */
  Database database(String name) throws SQLException;

  @Override
  void close();
}
