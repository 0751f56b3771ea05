package vn.phusa.runners.jobs.runner;

import java.time.Duration;
import java.util.Set;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions.CheckEnabled;
import vn.phusa.runners.jobs.flink.ProcessFlink;

/** What makes the runners fast on one machine, where the user did not say otherwise. */
public final class RunnerDefaults {
  /** A sink flushes at the end of a bundle: large ones make large, cheap batches. */
  private static final long BATCH_BUNDLE_ROWS = 100_000;

  private static final long BATCH_BUNDLE_MILLIS = 10_000;

  private static final long CHECKPOINT_MILLIS = 10_000;

  private static final long WATCHED_CHECKPOINT_MILLIS = 1_000;

  /** With checkpoints Flink would start a job again for ever, which then never tells why. */
  private static final int RESTARTS_OF_WHAT_ENDS = 3;

  private static final long RESTART_MILLIS = 10_000;

  private RunnerDefaults() {}

  /**
   * Sets them.
   *
   * @param given the options that the user gave by name, which stay as they are
   */
  public static void apply(PipelineOptions options, Set<String> given, int cores) {
    if (!given.contains("stableUniqueNames")) {
      options.setStableUniqueNames(CheckEnabled.ERROR);
    }
    if (options.getRunner().equals(FlinkRunner.class)) {
      flink(options.as(FlinkPipelineOptions.class), given, cores);
    } else {
      direct(options.as(DirectOptions.class), given, cores);
    }
  }

  /**
   * Lets a pipeline's run return at once, so that whoever started it can watch and cancel it. To be
   * said for a pipeline that goes on.
   *
   * @param ends whether it ends by itself: on Flink it is waited for then, since a local cluster is
   *     gone with its last job, and nobody there can be asked how that ended
   */
  public static void letRunReturn(PipelineOptions options, boolean ends) {
    if (options.getRunner().equals(FlinkRunner.class)) {
      options.as(FlinkPipelineOptions.class).setAttachedMode(ends);
    } else {
      options.as(DirectOptions.class).setBlockOnRun(false);
    }
  }

  /**
   * Sets the defaults of a job that streams, after {@link #apply}.
   *
   * @param flush how long an element may wait at most for others before a sink writes it
   * @param endsByItself whether its sources have an end
   */
  public static void stream(
      PipelineOptions options, Set<String> given, Duration flush, boolean endsByItself) {
    if (!options.getRunner().equals(FlinkRunner.class)) {
      return;
    }
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setStreaming(true);
    if (!given.contains("maxBundleTimeMills")) {
      // The runner looks twice in that time, so a bundle may last half as long again.
      flink.setMaxBundleTimeMills(Math.max(1, flush.toMillis() * 2 / 3));
    }
    if (!given.contains("checkpointingInterval")) {
      flink.setCheckpointingInterval(CHECKPOINT_MILLIS);
    }
    if (!given.contains("finishBundleBeforeCheckpointing")) {
      // Else a checkpoint keeps what a bundle's end would emit, and the offsets that it commits are
      // ahead of the last sinks: a stream in this process, which has nothing but the offsets to
      // resume from, would lose those records of sales_processed when it is stopped.
      flink.setFinishBundleBeforeCheckpointing(true);
    }
    if (endsByItself && !given.contains("numberOfExecutionRetries")) {
      flink.setNumberOfExecutionRetries(RESTARTS_OF_WHAT_ENDS);
      if (!given.contains("executionRetryDelay")) {
        flink.setExecutionRetryDelay(RESTART_MILLIS);
      }
    }
    if (endsByItself && !given.contains("shutdownSourcesAfterIdleMs")) {
      // With checkpoints, a source that has come to its end would stay for ever.
      flink.setShutdownSourcesAfterIdleMs(1L);
    }
  }

  /**
   * Sets what makes a stream show at once what it does, after {@link #stream}: for someone who
   * watches, at some cost.
   */
  public static void watched(PipelineOptions options, Set<String> given) {
    if (!options.getRunner().equals(FlinkRunner.class)) {
      return;
    }
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    if (!given.contains("checkpointingInterval")) {
      flink.setCheckpointingInterval(WATCHED_CHECKPOINT_MILLIS);
    }
    if (!given.contains("jobCheckIntervalInSecs")) {
      flink.setJobCheckIntervalInSecs(1);
    }
  }

  /**
   * Lets branches of a pipeline run side by side which keep a worker each for as long as a bundle
   * takes, after {@link #apply}. On Flink they have threads of their own in any case.
   */
  public static void sideBySide(PipelineOptions options, Set<String> given, int branches) {
    if (options.getRunner().equals(FlinkRunner.class) || given.contains("targetParallelism")) {
      return;
    }
    DirectOptions direct = options.as(DirectOptions.class);
    // And one for what says when it is time.
    direct.setTargetParallelism(Math.max(direct.getTargetParallelism(), branches + 1));
  }

  /** Its checks on every element halve the speed; tests keep them. */
  private static void direct(DirectOptions options, Set<String> given, int cores) {
    if (!given.contains("enforceImmutability")) {
      options.setEnforceImmutability(false);
    }
    if (!given.contains("enforceEncodability")) {
      options.setEnforceEncodability(false);
    }
    if (!given.contains("targetParallelism")) {
      options.setTargetParallelism(Math.max(2, cores));
    }
    // Whoever starts a pipeline waits for it, and can cancel it when asked to stop.
    options.setBlockOnRun(false);
  }

  private static void flink(FlinkPipelineOptions options, Set<String> given, int cores) {
    if (!given.contains("flinkMaster")) {
      options.setFlinkMaster(ProcessFlink.LOCAL);
    }
    if (ProcessFlink.isMeant(options)) {
      ProcessFlink.use(options);
      // A cluster has as many slots as it has, whatever the machine is that submits.
      if (!given.contains("parallelism")) {
        options.setParallelism(cores);
      }
    }
    if (!given.contains("fasterCopy")) {
      options.setFasterCopy(true);
    }
    if (!given.contains("objectReuse")) {
      options.setObjectReuse(true);
    }
    if (!given.contains("maxBundleSize")) {
      options.setMaxBundleSize(BATCH_BUNDLE_ROWS);
    }
    if (!given.contains("maxBundleTimeMills")) {
      options.setMaxBundleTimeMills(BATCH_BUNDLE_MILLIS);
    }
    if (!given.contains("streaming")) {
      // Its batch translation serializes every record between steps with several outputs; as a
      // stream with an end, the steps are chained.
      options.setStreaming(true);
    }
  }
}
