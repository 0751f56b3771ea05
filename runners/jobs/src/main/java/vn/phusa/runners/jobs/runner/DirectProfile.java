package vn.phusa.runners.jobs.runner;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.options.PipelineOptions.CheckEnabled;
import vn.phusa.options.LoadOptions;
import vn.phusa.runners.jobs.flink.ClusterAccess;

/** The DirectRunner: threads of this process. */
final class DirectProfile implements RunnerProfile {
  private final DirectOptions options;

  DirectProfile(DirectOptions options) {
    this.options = options;
  }

  /** Its checks on every element halve the speed; tests keep them. */
  @Override
  public void setDefaults(Set<String> given, int cores) {
    if (!given.contains("stableUniqueNames")) {
      options.setStableUniqueNames(CheckEnabled.ERROR);
    }
    if (!given.contains("enforceImmutability")) {
      options.setEnforceImmutability(false);
    }
    if (!given.contains("enforceEncodability")) {
      options.setEnforceEncodability(false);
    }
    if (!given.contains("targetParallelism")) {
      options.setTargetParallelism(Math.max(2, cores));
    }
    if (!given.contains("waveRows")) {
      options.as(LoadOptions.class).setWaveRows(LoadOptions.WAVE_ROWS_IN_MEMORY);
    }
    // Whoever starts a pipeline waits for it, and can cancel it when asked to stop.
    options.setBlockOnRun(false);
  }

  @Override
  public void setStreamDefaults(Set<String> given, Duration flush, boolean endsByItself) {
    // Its bundles are small in any case.
  }

  @Override
  public void showAtOnce(Set<String> given) {
    // It does.
  }

  @Override
  public void runSideBySide(Set<String> given, int branches) {
    if (!given.contains("targetParallelism")) {
      // And one for what says when it is time.
      options.setTargetParallelism(Math.max(options.getTargetParallelism(), branches + 1));
    }
  }

  @Override
  public void letRunReturn(boolean ends) {
    options.setBlockOnRun(false);
  }

  /** A second worker would look for work all the time, at the cost of a whole core. */
  @Override
  public Restored withOneWorker() {
    int before = options.getTargetParallelism();
    options.setTargetParallelism(1);
    return () -> options.setTargetParallelism(before);
  }

  @Override
  public boolean commitsAtCheckpoints() {
    return false;
  }

  @Override
  public Optional<ClusterAccess> cluster() {
    return Optional.empty();
  }

  @Override
  public void requireUsable() {
    // It is here.
  }
}
