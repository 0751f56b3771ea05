package vn.phusa.pipelines.io.warehouse.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.schema.SchemaNumber;

/**
 * The right to do something on a warehouse that one process at a time may do.
 *
 * <p>It is an advisory lock of a database session, so that it goes with the process that held it,
 * however that ends. The session must be a real one: a pooler that shares sessions between
 * transactions would lose it. Every few seconds something is asked on it, so that others see that
 * its client is there, and so that a lost one is taken anew before it is needed.
 */
public final class RunLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

  /** Sets these locks apart from other advisory locks in the database. */
  static final int NAMESPACE = 0x7068_7573;

  /** The number of the lock of a name, which no other warehouse of the database has. */
  static final String NUMBER_OF_NAME = "hashtext(CAST(? AS text) || " + SchemaNumber.SUFFIX + ")";

  /** How often something is asked on the lock's session. */
  static final int BEAT_SECONDS = 10;

  private static final int TIMEOUT_SECONDS = 5;

  private final DataSource warehouse;
  private final String name;
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "run-lock");
            thread.setDaemon(true);
            return thread;
          });

  /** Sessions of this process that had the lock and were given up: the server may have them yet. */
  private final List<RunHolder.Session> givenUp = new ArrayList<>();

  private Connection connection;
  private RunHolder.Session session;
  private @Nullable RunId run;

  private RunLock(DataSource warehouse, String name, LockedSession locked) {
    this.warehouse = warehouse;
    this.name = name;
    this.connection = locked.connection();
    this.session = locked.session();
    var unused =
        beats.scheduleWithFixedDelay(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Takes the lock. A holder that lives is not waited for; the session of one that is proved dead
   * is ended, and one of which nothing is heard is waited for, a minute at most.
   *
   * @param name what the lock is for: runs that may not overlap have one name
   * @throws AnotherRunActiveException when another run holds it
   */
  public static RunLock acquire(DataSource warehouse, String name) throws SQLException {
    return new RunLock(warehouse, name, new LockAcquisition(warehouse, name).take(List.of()));
  }

  /**
   * Writes down that this process runs the run under this lock, now and whenever it is taken anew.
   */
  public synchronized void holdFor(RunId held) throws SQLException {
    run = held;
    reportToLedger();
  }

  /** Whether the session, and with it the lock, is still there. */
  public synchronized boolean isHeld() throws SQLException {
    return connection.isValid(TIMEOUT_SECONDS);
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
      giveUp();
      LockedSession locked = new LockAcquisition(warehouse, name).take(givenUp);
      connection = locked.connection();
      session = locked.session();
      reportToLedger();
    }
  }

  private void giveUp() throws SQLException {
    if (!givenUp.contains(session)) {
      givenUp.add(session);
    }
    // Not closed, which would write to the server, and wait where the network takes nothing.
    connection.abort(Runnable::run);
  }

  private void beat() {
    try {
      verify();
    } catch (AnotherRunActiveException e) {
      LOG.debug("{}; reported when this one asks", e.getMessage());
    } catch (SQLException e) {
      LOG.debug("the lock {} is not sure: SQLSTATE {}", name, e.getSQLState());
    }
  }

  private void reportToLedger() throws SQLException {
    RunId held = run;
    if (held == null) {
      return;
    }
    RunProcess self = RunProcess.ofThisOne();
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE etl_run SET host = ?, pid = ?, process = ?, backend_pid = ?, backend_start = ?"
                + " WHERE run_id = ?")) {
      update.setString(1, self.host());
      update.setLong(2, self.pid());
      update.setString(3, self.mark());
      update.setInt(4, session.backend());
      update.setObject(5, session.started());
      update.setObject(6, held.value());
      update.executeUpdate();
    }
  }

  /** Gives the lock back. */
  @Override
  public void close() throws SQLException {
    beats.shutdownNow();
    release();
  }

  private synchronized void release() throws SQLException {
    // Explicitly, and not only by closing: a pool would keep the session, and the lock with it.
    try (Connection last = connection) {
      if (isHeld()) {
        try (PreparedStatement unlock = last.prepareStatement("SELECT pg_advisory_unlock_all()")) {
          unlock.execute();
        }
      }
    }
  }

  /** A session that has the lock. */
  record LockedSession(Connection connection, RunHolder.Session session) {}

  /** Whether the connection's session has it now. */
  static boolean tryLock(Connection session, String name) throws SQLException {
    try (PreparedStatement lock =
        session.prepareStatement("SELECT pg_try_advisory_lock(?, " + NUMBER_OF_NAME + ")")) {
      lock.setInt(1, NAMESPACE);
      lock.setString(2, name);
      try (ResultSet row = lock.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
