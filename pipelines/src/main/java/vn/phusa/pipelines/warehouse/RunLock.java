package vn.phusa.pipelines.warehouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The right to do something on a warehouse that one process at a time may do.
 *
 * <p>It is an advisory lock of a database session, so that it goes with the process that held it,
 * however that ends. The session must be a real one: a pooler that shares sessions between
 * transactions would lose it.
 */
public final class RunLock implements AutoCloseable {

  /** Sets these locks apart from other advisory locks in the database. */
  private static final int NAMESPACE = 0x7068_7573;

  private static final int PATIENCE_SECONDS = 5;

  private final DataSource warehouse;
  private final String name;
  private Connection session;

  private RunLock(DataSource warehouse, String name, Connection session) {
    this.warehouse = warehouse;
    this.name = name;
    this.session = session;
  }

  /**
   * Takes the lock without waiting.
   *
   * @param name what the lock is for: runs that may not overlap have one name
   * @throws AnotherRunActiveException when another session holds it
   */
  public static RunLock acquire(DataSource warehouse, String name) throws SQLException {
    return new RunLock(warehouse, name, lockedSession(warehouse, name));
  }

  /** Whether the session, and with it the lock, is still there. */
  public synchronized boolean isHeld() throws SQLException {
    return session.isValid(PATIENCE_SECONDS);
  }

  /**
   * Makes sure of the lock: where its session was lost, as when the warehouse restarts, it is taken
   * anew. To be called before whatever another run must not do at the same time, such as each wave
   * of a load.
   *
   * @throws AnotherRunActiveException when another run took it meanwhile: this one must stop
   * @throws SQLException when the warehouse does not answer: whether another run is active is not
   *     known
   */
  public synchronized void verify() throws SQLException {
    if (!isHeld()) {
      session.close();
      session = lockedSession(warehouse, name);
    }
  }

  /** Gives the lock back. */
  @Override
  public synchronized void close() throws SQLException {
    // Explicitly, and not only by closing: a pool would keep the session, and the lock with it.
    try (Connection last = session) {
      if (isHeld()) {
        try (PreparedStatement unlock = last.prepareStatement("SELECT pg_advisory_unlock_all()")) {
          unlock.execute();
        }
      }
    }
  }

  private static Connection lockedSession(DataSource warehouse, String name) throws SQLException {
    Connection session = warehouse.getConnection();
    try {
      if (tryLock(session, name)) {
        return session;
      }
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
    session.close();
    throw new AnotherRunActiveException("");
  }

  private static boolean tryLock(Connection session, String name) throws SQLException {
    try (PreparedStatement lock =
        session.prepareStatement("SELECT pg_try_advisory_lock(?, hashtext(?))")) {
      lock.setInt(1, NAMESPACE);
      lock.setString(2, name);
      try (ResultSet row = lock.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
