package vn.phusa.pipelines.warehouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The right to run a command on a warehouse, for one process at a time.
 *
 * <p>It is an advisory lock of a database session, so that it goes with the process that held it,
 * however that ends. The session must be a real one: a pooler that shares sessions between
 * transactions would lose it.
 */
public final class RunLock implements AutoCloseable {

  /** Sets these locks apart from other advisory locks in the database. */
  private static final int NAMESPACE = 0x7068_7573;

  private final Connection session;

  private RunLock(Connection session) {
    this.session = session;
  }

  /**
   * Takes the lock without waiting.
   *
   * @throws AnotherRunActiveException when another session holds it
   */
  public static RunLock acquire(DataSource warehouse, String command) throws SQLException {
    Connection session = warehouse.getConnection();
    try {
      if (tryLock(session, command)) {
        return new RunLock(session);
      }
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
    session.close();
    throw new AnotherRunActiveException(command);
  }

  /** Whether the session, and with it the lock, is still there. */
  public boolean isHeld() throws SQLException {
    return session.isValid(5);
  }

  /** Gives the lock back. */
  @Override
  public void close() throws SQLException {
    // Explicitly, and not only by closing: a pool would keep the session, and the lock with it.
    try (session) {
      if (isHeld()) {
        try (PreparedStatement unlock =
            session.prepareStatement("SELECT pg_advisory_unlock_all()")) {
          unlock.execute();
        }
      }
    }
  }

  private static boolean tryLock(Connection session, String command) throws SQLException {
    try (PreparedStatement lock =
        session.prepareStatement("SELECT pg_try_advisory_lock(?, hashtext(?))")) {
      lock.setInt(1, NAMESPACE);
      lock.setString(2, command);
      try (ResultSet row = lock.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
