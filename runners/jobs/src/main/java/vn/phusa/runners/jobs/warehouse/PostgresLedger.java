package vn.phusa.runners.jobs.warehouse;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.ledger.AnotherRunActiveException;
import vn.phusa.pipelines.io.warehouse.ledger.RunHolder;
import vn.phusa.pipelines.io.warehouse.ledger.RunLedger;
import vn.phusa.pipelines.io.warehouse.ledger.RunLock;
import vn.phusa.pipelines.io.warehouse.ledger.RunStatus;
import vn.phusa.pipelines.io.warehouse.ledger.RunSummary;
import vn.phusa.pipelines.io.warehouse.ledger.StepSummary;
import vn.phusa.runners.jobs.run.Ledger;
import vn.phusa.runners.jobs.run.LeftJobs;
import vn.phusa.runners.jobs.run.LocalTimeText;
import vn.phusa.runners.jobs.run.RecordedSteps;
import vn.phusa.runners.jobs.run.RunKind;

/** Runs as etl_run and etl_step hold them. */
final class PostgresLedger implements Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresLedger.class);

  /** Far more runs than anyone makes between two runs of one command. */
  static final int LOOK_BACK = 200;

  private static final Set<String> OF_A_PERIOD = Set.of("from", "to", "fromBeginning");

  private final DataSource warehouse;
  private final RunKind kind;
  private final LeftJobs left;
  private final RunLedger log;
  private final RecordedSteps steps;
  private @Nullable RunLock held;

  PostgresLedger(DataSource warehouse, RunKind kind, LeftJobs left) {
    this.warehouse = warehouse;
    this.kind = kind;
    this.left = left;
    this.log = new RunLedger(warehouse);
    this.steps = new RecordedSteps(warehouse);
  }

  @Override
  public Lease acquire() throws SQLException {
    LockLease lease;
    try {
      RunLock lock = RunLock.acquire(warehouse, kind.lock());
      held = lock;
      lease = new LockLease(lock);
    } catch (AnotherRunActiveException e) {
      throw new AnotherRunActiveException(which(e));
    }
    try {
      // Before the ledger says that their runs have ended.
      left.end(this::ofThisKind);
    } catch (SQLException | RuntimeException e) {
      lease.close();
      throw e;
    }
    return lease;
  }

  /** Whoever holds the lock and has begun no run yet knows that none of them is alive. */
  private Set<RunId> ofThisKind(Set<RunId> runs) throws SQLException {
    return log.ofCommands(runs, kind.commands());
  }

  /** The right to run that a lock gives. */
  private record LockLease(RunLock lock) implements Lease {

    @Override
    public void verify() throws SQLException {
      try {
        lock.verify();
      } catch (AnotherRunActiveException e) {
        throw new AnotherRunActiveException(
            e.holder().map(PostgresLedger::described).orElse("")
                + ", which began while the warehouse was away from this one");
      }
    }

    @Override
    public void close() {
      try {
        lock.close();
      } catch (SQLException e) {
        // Its session is gone, and the lock with it.
        LOG.debug("the lock's session was lost", e);
      }
    }
  }

  /** The ledger may know of the lock's session; it knows of runs in any case. */
  private String which(AnotherRunActiveException e) throws SQLException {
    String described = e.holder().map(PostgresLedger::described).orElse("");
    if (!described.isEmpty()) {
      return described;
    }
    return log.lastRuns(LOOK_BACK).stream()
        .filter(run -> run.status() == RunStatus.RUNNING)
        .filter(run -> kind.commands().contains(run.command()))
        .findFirst()
        .map(
            run ->
                String.format(
                    Locale.ROOT, " (%s, since %s)", run.command(), LocalTimeText.of(run.started())))
        .orElse("");
  }

  private static String described(RunHolder holder) {
    return holder.run() == null
        ? ""
        : String.format(
            Locale.ROOT,
            " (%s, since %s, run %s%s)",
            holder.command(),
            LocalTimeText.of(holder.started()),
            holder.run(),
            holder.place().map(place -> ", " + place).orElse("") + holder.silence());
  }

  /** Of all commands that the lock is for: whoever holds it knows that none of them is alive. */
  private void abandonStale() throws SQLException {
    for (String command : kind.commands()) {
      log.abandonStale(command);
    }
  }

  @Override
  public Optional<Stopped> lastStopped(String command) throws SQLException {
    abandonStale();
    Optional<RunSummary> last =
        log.lastRuns(LOOK_BACK).stream().filter(run -> run.command().equals(command)).findFirst();
    if (last.isEmpty() || isAtItsEnd(last.get()) || isOfAPeriod(last.get())) {
      return Optional.empty();
    }
    RunSummary run = last.get();
    return Optional.of(new Stopped(run.id(), done(run), lastSign(run)));
  }

  private static boolean isAtItsEnd(RunSummary run) {
    return run.status() == RunStatus.SUCCEEDED || run.status() == RunStatus.PARTIAL;
  }

  /** Its steps loaded what it was asked for, not what an ordinary run loads. */
  private boolean isOfAPeriod(RunSummary run) throws SQLException {
    return log.wasGiven(run.id(), OF_A_PERIOD);
  }

  private static Set<String> done(RunSummary run) {
    return run.steps().stream()
        .filter(PostgresLedger::isDone)
        .map(StepSummary::step)
        .collect(Collectors.toSet());
  }

  private static boolean isDone(StepSummary step) {
    return step.status() == RunStatus.SUCCEEDED || step.status() == RunStatus.PARTIAL;
  }

  /** The end that is written for a process that died is when that was noticed. */
  private static Instant lastSign(RunSummary run) {
    if (run.status() == RunStatus.FAILED && run.ended() != null) {
      return run.ended();
    }
    Stream<Instant> signs = run.steps().stream().map(s -> isDone(s) ? s.ended() : s.started());
    return Stream.concat(Stream.of(run.started()), signs).max(Instant::compareTo).orElseThrow();
  }

  @Override
  public RunId begin(String command, Map<String, String> options) throws SQLException {
    abandonStale();
    RunId run = log.begin(command, options);
    reportHolder(run);
    return run;
  }

  @Override
  public void resume(RunId runId) throws SQLException {
    log.resume(runId);
    reportHolder(runId);
  }

  private void reportHolder(RunId run) throws SQLException {
    if (held != null) {
      held.holdFor(run);
    }
  }

  @Override
  public int stepStarted(RunId runId, String step) throws SQLException {
    return steps.stepStarted(runId, step);
  }

  @Override
  public RowCounts stepEnded(RunId runId, String step, Status status, @Nullable String why)
      throws SQLException {
    return steps.stepEnded(runId, step, status, why);
  }

  @Override
  public RowCounts stepContinues(RunId runId, String step) throws SQLException {
    return steps.stepContinues(runId, step);
  }

  @Override
  public Set<String> stepsRunning(RunId runId) throws SQLException {
    return steps.stepsRunning(runId);
  }

  @Override
  public void ended(RunId runId, Status status, String why) throws SQLException {
    log.finish(runId, RunStatus.valueOf(status.name()), why);
  }
}
