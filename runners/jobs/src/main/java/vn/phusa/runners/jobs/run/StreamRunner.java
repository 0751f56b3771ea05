package vn.phusa.runners.jobs.run;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.waiting.StopRequest;
import vn.phusa.pipelines.io.warehouse.ledger.AnotherRunActiveException;
import vn.phusa.runners.jobs.failure.Failure;
import vn.phusa.runners.jobs.run.Ledger.Status;
import vn.phusa.runners.jobs.runner.Logging;
import vn.phusa.runners.jobs.runner.RunnerProfile;

/**
 * Runs one pipeline until it ends by itself or its thread is interrupted, as Ctrl-C does, and keeps
 * its rows of etl_run and etl_step current. A warehouse that is away for a while does not stop it:
 * its sinks wait for it themselves, or what failed is done again the next time.
 */
public final class StreamRunner {
  private static final Logger LOG = LoggerFactory.getLogger(StreamRunner.class);

  private final Ledger ledger;
  private final Duration reportEvery;
  private final Watch watch;
  private final RejectedPerMinute rejected = new RejectedPerMinute(InstantSource.system());

  /** Polls a stream from outside, as often as its rows are reported. */
  @FunctionalInterface
  public interface Watch {

    /**
     * Whether it has done enough: it is cancelled then, and has succeeded.
     *
     * @throws Exception if something is so wrong that it is to be cancelled, and has failed
     */
    boolean isEnough() throws Exception;
  }

  /**
   * @param reportEvery how often the steps' rows are counted and the lock is looked after; the
   *     contract of etl_step says once a minute
   */
  public StreamRunner(Ledger ledger, Duration reportEvery) {
    this(ledger, reportEvery, () -> false);
  }

  private StreamRunner(Ledger ledger, Duration reportEvery, Watch watch) {
    this.ledger = ledger;
    this.reportEvery = reportEvery;
    this.watch = watch;
  }

  /** Lets it end when it has done enough. */
  public StreamRunner until(Watch enough) {
    return new StreamRunner(ledger, reportEvery, enough);
  }

  /**
   * Runs it.
   *
   * @param command the run's name in etl_run
   * @param given its options, by name; secrets are references only
   * @param options what the pipeline is started with
   * @return its id in etl_run
   * @throws AnotherRunActiveException if there is one; nothing was started then, or the pipeline
   *     was cancelled, since the other began while the warehouse was away from this one
   * @throws InterruptedException if it was stopped; the pipeline was cancelled
   * @throws Exception if it cannot be put together or started, or failed
   */
  public RunId run(
      String command, Map<String, String> given, PipelineOptions options, StreamJob job)
      throws Exception {
    try (Ledger.Lease lease = ledger.acquire()) {
      RunId runId = ledger.begin(command, given);
      try (UnfinishedRuns.Kept ignored = UnfinishedRuns.keep(ledger, runId)) {
        runAndReport(command, runId, options, job, lease);
      }
      return runId;
    }
  }

  private void runAndReport(
      String command, RunId runId, PipelineOptions options, StreamJob job, Ledger.Lease lease)
      throws Exception {
    try {
      StepLife life = new StepLife(ledger, runId);
      life.<@Nullable Void, Exception>run(
          job.steps(),
          () -> {
            job.steps().forEach(rejected::begin);
            keepRunning(command, life, runId, options, job, lease);
            for (String step : job.steps()) {
              life.succeed(step);
            }
            return null;
          });
    } catch (Throwable e) {
      Status status = FailedEnd.status(e);
      String why = Failure.of(e).line();
      FailedEnd.write(e, () -> ledger.ended(runId, status, why));
      if (status == Status.ABORTED && !(e instanceof InterruptedException)) {
        InterruptedException interruption = new InterruptedException("stopped");
        interruption.initCause(e);
        throw interruption;
      }
      throw e;
    }
    ledger.ended(runId, Status.SUCCEEDED, null);
  }

  /** What has an end fails where a service does; what has none waits for it. */
  private void keepRunning(
      String command,
      StepLife life,
      RunId runId,
      PipelineOptions options,
      StreamJob job,
      Ledger.Lease lease)
      throws Exception {
    if (job.ends()) {
      watch(command, life, job.steps(), start(runId, options, job), lease);
      return;
    }
    boolean[] comesBack = {false};
    new StreamRestarts(Sleeper.REAL)
        .keep(
            runs -> {
              if (comesBack[0]) {
                lease.verify();
              }
              comesBack[0] = true;
              PipelineResult pipeline = start(runId, options, job);
              runs.run();
              watch(command, life, job.steps(), pipeline, lease);
            });
  }

  private static PipelineResult start(RunId runId, PipelineOptions options, StreamJob job)
      throws Exception {
    RunnerProfile.of(options).letRunReturn(job.ends());
    JobName.carry(options, runId);
    Logging.reportFailedTasks();
    Pipeline pipeline = Pipeline.create(options);
    job.recipe().build(pipeline, runId);
    return pipeline.run();
  }

  private void watch(
      String command,
      StepLife life,
      List<String> steps,
      PipelineResult pipeline,
      Ledger.Lease lease)
      throws Exception {
    org.joda.time.Duration slice = org.joda.time.Duration.millis(reportEvery.toMillis());
    State state = null;
    try {
      while (state == null || !state.isTerminal()) {
        state = pipeline.waitUntilFinish(slice);
        if (Thread.interrupted()) {
          throw new InterruptedException("stopped");
        }
        if (state == null || !state.isTerminal()) {
          report(command, life, steps, lease);
          if (watch.isEnough()) {
            return;
          }
        }
      }
    } finally {
      if (state == null || !state.isTerminal()) {
        // A runner that is asked by an interrupted thread does not wait for its own end.
        StopRequest.despite(() -> PipelineOutcome.cancel(pipeline));
      }
    }
    PipelineOutcome.requireDone(state);
  }

  private void report(String command, StepLife life, List<String> steps, Ledger.Lease lease) {
    try {
      lease.verify();
      for (String step : steps) {
        rejected.see(command, step, life.count(step)).ifPresent(LOG::warn);
      }
    } catch (SQLException e) {
      LOG.warn("the warehouse is away ({}); the stream continues", Failure.of(e).line());
    }
  }
}
