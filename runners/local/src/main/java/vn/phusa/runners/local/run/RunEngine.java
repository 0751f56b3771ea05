package vn.phusa.runners.local.run;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.runners.local.Failure;
import vn.phusa.runners.local.console.ProgressReporter;
import vn.phusa.runners.local.run.RunLedger.Status;
import vn.phusa.runners.local.run.RunLedger.Stopped;

/**
 * Runs steps in their order, one run at a time, and writes down how far it came, so that the next
 * run can go on there.
 */
public final class RunEngine {
  private static final Logger LOG = LoggerFactory.getLogger(RunEngine.class);

  private final RunLedger ledger;
  private final RetryPolicy retry;
  private final Sleeper sleeper;
  private final Clock clock;
  private final ProgressReporter progress;

  public RunEngine(
      RunLedger ledger,
      RetryPolicy retry,
      Sleeper sleeper,
      Clock clock,
      ProgressReporter progress) {
    this.ledger = ledger;
    this.retry = retry;
    this.sleeper = sleeper;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Runs all steps.
   *
   * @param command the run's name in etl_run
   * @param options what it was told, by name; secrets are references only
   * @param resumeWithin a run of that name that stopped no longer ago than this is gone on with;
   *     zero: never
   * @return the results of the steps that were run, in their order
   * @throws AnotherRunActiveException if there is one; nothing was started then
   * @throws SQLException if the run cannot be written down
   * @throws StepFailedException if a step failed for good; the steps after it were not run
   */
  public List<StepResult> run(
      String command, Map<String, String> options, List<Step> steps, Duration resumeWithin)
      throws StepFailedException, InterruptedException, SQLException {
    try (RunLedger.Lease lease = ledger.acquire()) {
      Optional<Stopped> stopped = resumable(command, resumeWithin);
      if (stopped.isEmpty()) {
        return runAll(ledger.begin(command, options), steps, Set.of());
      }
      ledger.resume(stopped.get().id());
      return runAll(stopped.get().id(), steps, stopped.get().done());
    }
  }

  private Optional<Stopped> resumable(String command, Duration within) throws SQLException {
    if (within.isZero()) {
      return Optional.empty();
    }
    return ledger
        .lastStopped(command)
        .filter(run -> !run.stoppedAt().isBefore(clock.instant().minus(within)));
  }

  private List<StepResult> runAll(String runId, List<Step> steps, Set<String> done)
      throws StepFailedException, InterruptedException, SQLException {
    List<StepResult> results = new ArrayList<>();
    try {
      for (Step step : steps) {
        if (done.contains(step.name())) {
          LOG.info("{}: done before the run stopped", step.name());
        } else {
          results.addAll(withRetries(runId, step));
        }
      }
    } catch (Throwable e) {
      Status status = e instanceof InterruptedException ? Status.ABORTED : Status.FAILED;
      try {
        ledger.ended(runId, status, Failure.of(e).line());
      } catch (SQLException | RuntimeException unwritten) {
        e.addSuppressed(unwritten);
      }
      throw e;
    }
    ledger.ended(runId, Status.SUCCEEDED, null);
    return results;
  }

  private List<StepResult> withRetries(String runId, Step step)
      throws StepFailedException, InterruptedException, SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(runId, step, attempt);
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        if (Thread.interrupted()) {
          throw stopped(e);
        }
        if (attempt > retry.retries() || !Failure.mayPass(e)) {
          throw new StepFailedException(step.name(), e);
        }
        LOG.warn(
            "{}; again in {} ({} of {})",
            Failure.of(new StepFailedException(step.name(), e)).line(),
            retry.delay(),
            attempt,
            retry.retries());
        sleeper.sleep(retry.delay());
      }
    }
  }

  private static InterruptedException stopped(Exception cause) {
    InterruptedException stopped = new InterruptedException("stopped");
    stopped.initCause(cause);
    return stopped;
  }

  private List<StepResult> once(String runId, Step step, int attempt) throws Exception {
    ledger.stepStarted(runId, step.name(), attempt);
    List<StepResult> results;
    try {
      results = step.action().run(new RunContext(runId, step.name(), attempt, progress));
    } catch (Throwable e) {
      try {
        ledger.stepEnded(runId, step.name(), Status.FAILED, List.of(), Failure.of(e).line());
      } catch (SQLException | RuntimeException unwritten) {
        e.addSuppressed(unwritten);
      }
      throw e;
    }
    ledger.stepEnded(runId, step.name(), Status.SUCCEEDED, results, null);
    return results;
  }
}
