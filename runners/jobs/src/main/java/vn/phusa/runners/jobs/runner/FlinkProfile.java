package vn.phusa.runners.jobs.runner;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions.CheckEnabled;
import vn.phusa.options.LoadOptions;
import vn.phusa.runners.jobs.flink.ClusterAccess;
import vn.phusa.runners.jobs.flink.ProcessFlink;

/** Flink, in this process or on a cluster. */
final class FlinkProfile implements RunnerProfile {
  /** A sink flushes at the end of a bundle: large ones make large, cheap batches. */
  private static final long BATCH_BUNDLE_ROWS = 100_000;

  private static final long BATCH_BUNDLE_MILLIS = 10_000;

  private static final long CHECKPOINT_MILLIS = 10_000;

  private static final long WATCHED_CHECKPOINT_MILLIS = 1_000;

  /** With checkpoints Flink would start a job again for ever, which then never says why. */
  private static final int RESTARTS_OF_WHAT_ENDS = 3;

  private static final long RESTART_MILLIS = 10_000;

  /** Rows flow from step to step: a wave is not held in memory. */
  private static final long WAVE_ROWS = 5_000_000;

  private final FlinkPipelineOptions options;

  FlinkProfile(FlinkPipelineOptions options) {
    this.options = options;
  }

  @Override
  public void setDefaults(Set<String> given, int cores) {
    if (!given.contains("stableUniqueNames")) {
      options.setStableUniqueNames(CheckEnabled.ERROR);
    }
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
    if (!given.contains("waveRows")) {
      options.as(LoadOptions.class).setWaveRows(WAVE_ROWS);
    }
  }

  @Override
  public void setStreamDefaults(Set<String> given, Duration flush, boolean endsByItself) {
    options.setStreaming(true);
    if (!given.contains("maxBundleTimeMills")) {
      // The runner looks twice in that time, so a bundle may last half as long again.
      options.setMaxBundleTimeMills(Math.max(1, flush.toMillis() * 2 / 3));
    }
    if (!given.contains("checkpointingInterval")) {
      options.setCheckpointingInterval(CHECKPOINT_MILLIS);
    }
    if (!given.contains("finishBundleBeforeCheckpointing")) {
      // Else a checkpoint keeps what a bundle's end would emit, and the offsets that it commits are
      // ahead of the last sinks: a stream in this process, which has nothing but the offsets to
      // resume from, would lose those records of sales_processed when it is stopped.
      options.setFinishBundleBeforeCheckpointing(true);
    }
    if (endsByItself && !given.contains("numberOfExecutionRetries")) {
      options.setNumberOfExecutionRetries(RESTARTS_OF_WHAT_ENDS);
      if (!given.contains("executionRetryDelay")) {
        options.setExecutionRetryDelay(RESTART_MILLIS);
      }
    }
    if (endsByItself && !given.contains("shutdownSourcesAfterIdleMs")) {
      // With checkpoints, a source that has come to its end would stay for ever.
      options.setShutdownSourcesAfterIdleMs(1L);
    }
  }

  @Override
  public void showAtOnce(Set<String> given) {
    if (!given.contains("checkpointingInterval")) {
      options.setCheckpointingInterval(WATCHED_CHECKPOINT_MILLIS);
    }
    if (!given.contains("jobCheckIntervalInSecs")) {
      options.setJobCheckIntervalInSecs(1);
    }
  }

  @Override
  public void runSideBySide(Set<String> given, int branches) {
    // They have threads of their own in any case.
  }

  /**
   * One that ends is waited for: a local cluster is gone with its last job, and nobody there can be
   * asked how that ended.
   */
  @Override
  public void letRunReturn(boolean ends) {
    options.setAttachedMode(ends);
  }

  @Override
  public Restored withOneWorker() {
    return () -> {};
  }

  @Override
  public boolean commitsAtCheckpoints() {
    return true;
  }

  @Override
  public Optional<ClusterAccess> cluster() {
    return ClusterAccess.of(options);
  }

  @Override
  public void requireUsable() {
    FlinkMaster.check(options);
  }
}
