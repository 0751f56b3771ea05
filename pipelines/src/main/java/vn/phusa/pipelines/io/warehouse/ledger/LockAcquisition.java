package vn.phusa.pipelines.io.warehouse.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import javax.sql.DataSource;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.warehouse.ledger.RunLock.LockedSession;
import vn.phusa.pipelines.io.warehouse.ledger.RunProcess.Life;

/**
 * One attempt to take a {@link RunLock}, with a judgement of whoever holds it.
 *
 * <p>A holder lives as long as something is heard of it, or its process is seen. It is dead where
 * its session is one that this process gave up itself; or where the ledger names the session, and
 * its process would be seen from here and is not there; or where the ledger names it and nothing
 * was heard of it for {@link #LOST}, which is thirty times as long as it may be silent. (A process
 * that is stopped for so long, on a machine that cannot be seen from here, finds at its next step
 * that the lock is another's, and ends.) Between the two it is waited for: its server notices by
 * itself a client that is gone.
 */
final class LockAcquisition {
  private static final Logger LOG = LoggerFactory.getLogger(LockAcquisition.class);

  /** Two missed heartbeats, and some seconds more. */
  static final Duration SILENT = Duration.ofSeconds(2 * RunLock.BEAT_SECONDS + 5);

  static final Duration LOST = Duration.ofMinutes(5);

  private static final Duration MAX_WAIT = Duration.ofSeconds(60);
  private static final Duration REPORT_AFTER = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final DataSource warehouse;
  private final String name;
  private final long begun = System.nanoTime();
  private boolean waitReported;
  private RunHolder.@Nullable Session asked;

  LockAcquisition(DataSource warehouse, String name) {
    this.warehouse = warehouse;
    this.name = name;
  }

  /** What is to be done about a holder. */
  enum Verdict {
    LIVES,
    DEAD,
    WAIT
  }

  /**
   * Takes it.
   *
   * @param givenUp earlier sessions of this process, which are not in use any more
   */
  LockedSession take(Collection<RunHolder.Session> givenUp) throws SQLException {
    Connection connection = warehouse.getConnection();
    try {
      while (!RunLock.tryLock(connection, name)) {
        Optional<RunHolder> holder = RunHolder.of(connection, RunLock.NAMESPACE, name);
        if (holder.isPresent()) {
          deal(connection, holder.get(), givenUp);
        }
        pause();
      }
      return new LockedSession(connection, RunHolder.Session.of(connection));
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while the run lock was waited for", e);
    }
  }

  private void deal(Connection connection, RunHolder holder, Collection<RunHolder.Session> givenUp)
      throws SQLException {
    boolean isOwn = givenUp.contains(holder.session());
    Verdict verdict = isOwn ? Verdict.DEAD : judge(holder);
    Duration waited = Duration.ofNanos(System.nanoTime() - begun);
    if (verdict == Verdict.LIVES || waited.compareTo(MAX_WAIT) > 0) {
      throw new AnotherRunActiveException(holder);
    }
    if (verdict == Verdict.DEAD) {
      String why =
          isOwn ? "the connection of this run's lock was lost" : described(holder) + " is gone";
      end(connection, holder.session(), why);
    } else if (waited.compareTo(REPORT_AFTER) > 0 && !waitReported) {
      waitReported = true;
      LOG.warn(
          "waiting for the run lock for {} s: nothing is heard of {} for {} s",
          waited.toSeconds(),
          described(holder),
          holder.silentFor() == null ? "some" : holder.silentFor().toSeconds());
    }
  }

  private void end(Connection connection, RunHolder.Session session, String why)
      throws SQLException {
    if (!session.equals(asked)) {
      asked = session;
      LOG.warn("{}; its session in the warehouse is ended", why);
      session.end(connection);
    }
  }

  private static String described(RunHolder holder) {
    return (holder.command() == null ? "a session" : holder.command())
        + holder.place().map(place -> " (" + place + ")").orElse(" that the ledger does not know");
  }

  /** Of a holder that is not this process itself. */
  static Verdict judge(RunHolder holder) {
    RunProcess process = holder.process();
    Life life = process == null ? Life.UNKNOWN : process.life();
    if (life == Life.ALIVE) {
      return Verdict.LIVES;
    }
    boolean isKnown = holder.run() != null && holder.isOurs();
    if (life == Life.DEAD && isKnown) {
      return Verdict.DEAD;
    }
    Duration silence = holder.silentFor();
    if (silence == null || silence.compareTo(SILENT) < 0) {
      return Verdict.LIVES;
    }
    return isKnown && silence.compareTo(LOST) > 0 ? Verdict.DEAD : Verdict.WAIT;
  }
}
