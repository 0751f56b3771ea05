package vn.phusa.runners.jobs.run;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.runners.jobs.run.Ledger.Status;

/**
 * Writes down how the runs of this process ended when their own threads cannot any more: one waits
 * for an answer that does not come, and the process is about to end.
 */
public final class UnfinishedRuns {
  private static final Logger LOG = LoggerFactory.getLogger(UnfinishedRuns.class);
  private static final Set<Kept> RUNNING = ConcurrentHashMap.newKeySet();
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private UnfinishedRuns() {}

  /** A run whose end is written by its own thread, unless that takes too long. */
  static final class Kept implements AutoCloseable {
    private final Ledger ledger;
    private final RunId runId;

    private Kept(Ledger ledger, RunId runId) {
      this.ledger = ledger;
      this.runId = runId;
    }

    /** From now on its own thread has written how it ended. */
    @Override
    public void close() {
      RUNNING.remove(this);
    }

    private void write(Status status, String why) {
      try {
        ledger.ended(runId, status, why);
        close();
      } catch (SQLException | RuntimeException e) {
        LOG.debug("the end of run {} cannot be written", runId, e);
      }
    }
  }

  /** Keeps in mind that a run is unfinished, until this is closed. */
  static Kept keep(Ledger ledger, RunId runId) {
    Kept kept = new Kept(ledger, runId);
    RUNNING.add(kept);
    return kept;
  }

  /**
   * Writes how all unfinished runs of this process ended. Their unfinished steps are aborted.
   *
   * @param why one line, without personal data
   * @param limit how long to wait for the warehouse at most
   */
  public static void say(Status status, String why, Duration limit) {
    if (RUNNING.isEmpty()) {
      return;
    }
    Thread writer =
        new Thread(() -> RUNNING.forEach(run -> run.write(status, why)), "phusa-last-words");
    writer.setDaemon(true);
    writer.start();
    long end = System.nanoTime() + limit.toNanos();
    while (writer.isAlive() && !RUNNING.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
