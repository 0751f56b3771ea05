package vn.phusa.runners.jobs.run;

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
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.ledger.AnotherRunActiveException;
import vn.phusa.runners.jobs.failure.Failure;
import vn.phusa.runners.jobs.failure.StepFailedException;
import vn.phusa.runners.jobs.result.PartsDone;
import vn.phusa.runners.jobs.result.StepResult;
import vn.phusa.runners.jobs.run.Ledger.Status;
import vn.phusa.runners.jobs.run.Ledger.Stopped;

/**
 * Runs steps in their order, one run at a time, and writes down how far it came, so that the next
 * run can continue there.
 */
public final class RunEngine {
  private static final Logger LOG = LoggerFactory.getLogger(RunEngine.class);

  private final Ledger ledger;
  private final StepRetry retry;
  private final Sleeper sleeper;
  private final Clock clock;
  private final ProgressReporter progress;

  public RunEngine(
      Ledger ledger, StepRetry retry, Sleeper sleeper, Clock clock, ProgressReporter progress) {
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
   * @param options its options, by name; secrets are references only
   * @param resumeWithin a run of that name that stopped no longer ago than this is gone on with;
   *     zero: never
   * @return the results of the steps that were run, in their order
   * @throws AnotherRunActiveException if there is one; nothing was started then
   * @throws SQLException if the run cannot be written down
   * @throws StepFailedException if a step failed for good; if it was needed, the steps after it
   *     were not run
   */
  public List<StepResult> run(
      String command, Map<String, String> options, List<Step> steps, Duration resumeWithin)
      throws StepFailedException, InterruptedException, SQLException {
    try (Ledger.Lease lease = ledger.acquire()) {
      Optional<Stopped> stopped = resumable(command, steps, resumeWithin);
      if (stopped.isEmpty()) {
        return runAll(ledger.begin(command, options), steps, Set.of(), lease);
      }
      ledger.resume(stopped.get().id());
      return runAll(stopped.get().id(), steps, stopped.get().done(), lease);
    }
  }

  private Optional<Stopped> resumable(String command, List<Step> steps, Duration within)
      throws SQLException {
    if (within.isZero()) {
      return Optional.empty();
    }
    return ledger
        .lastStopped(command)
        .filter(run -> !run.stoppedAt().isBefore(clock.instant().minus(within)))
        .filter(run -> isBeginningOf(steps, run.done()));
  }

  /**
   * Whether the steps that are done are the first ones. If one was left out, those after it have
   * not seen what it brings now, and are to be done again.
   */
  private static boolean isBeginningOf(List<Step> steps, Set<String> done) {
    return steps.stream().map(Step::name).dropWhile(done::contains).noneMatch(done::contains);
  }

  private List<StepResult> runAll(
      RunId runId, List<Step> steps, Set<String> done, Ledger.Lease lease)
      throws StepFailedException, InterruptedException, SQLException {
    List<StepResult> results = new ArrayList<>();
    try (UnfinishedRuns.Kept ignored = UnfinishedRuns.keep(ledger, runId)) {
      try {
        runInOrder(runId, steps, done, lease, results);
      } catch (Throwable e) {
        Status status = FailedEnd.status(e);
        String why = Failure.of(e).line();
        FailedEnd.write(e, () -> ledger.ended(runId, status, why));
        throw e;
      }
      String left = left(results);
      ledger.ended(runId, left == null ? Status.SUCCEEDED : Status.PARTIAL, left);
    }
    return results;
  }

  private void runInOrder(
      RunId runId, List<Step> steps, Set<String> done, Ledger.Lease lease, List<StepResult> results)
      throws StepFailedException, InterruptedException, SQLException {
    StepFailedException leftOut = null;
    for (Step step : steps) {
      if (done.contains(step.name())) {
        LOG.info("{}: done before the run stopped", step.name());
        continue;
      }
      try {
        results.addAll(withRetries(runId, step, lease));
      } catch (StepFailedException e) {
        results.addAll(e.results());
        StepFailedException failed = new StepFailedException(step.name(), e.getCause(), results);
        if (step.isNeeded()) {
          if (leftOut != null) {
            failed.addSuppressed(leftOut);
          }
          throw failed;
        }
        LOG.warn("{}; the run continues without it", Failure.of(failed).line());
        leftOut = failed;
      }
    }
    if (leftOut != null) {
      throw new StepFailedException(leftOut.step(), leftOut.getCause(), results);
    }
  }

  private List<StepResult> withRetries(RunId runId, Step step, Ledger.Lease lease)
      throws StepFailedException, InterruptedException {
    PartsDone done = new PartsDone();
    return retry.run(
        step.name(),
        sleeper,
        attempt -> {
          lease.verify();
          return once(runId, step, attempt, done, lease);
        });
  }

  /** Why parts are left for the next time; null: none is. */
  private static String left(List<StepResult> results) {
    return results.stream()
        .filter(StepResult::isPartial)
        .map(result -> result.name() + ": " + result.left())
        .reduce((one, other) -> one + "; " + other)
        .orElse(null);
  }

  private List<StepResult> once(
      RunId runId, Step step, int attempt, PartsDone done, Ledger.Lease lease) throws Exception {
    StepLife life = new StepLife(ledger, runId);
    RunContext context = new RunContext(runId, step.name(), attempt, done, progress, lease);
    return life.<List<StepResult>, Exception>run(
        List.of(step.name()),
        () -> {
          List<StepResult> results = step.action().run(context);
          life.end(step.name(), left(results));
          return results;
        });
  }
}
