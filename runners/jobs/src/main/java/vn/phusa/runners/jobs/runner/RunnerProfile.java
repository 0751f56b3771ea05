package vn.phusa.runners.jobs.runner;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;
import vn.phusa.runners.jobs.flink.ClusterAccess;

/**
 * What differs between runners: one profile for each, over the options that pipelines are started
 * with. All that depends on the runner is asked here, its defaults among it; they make a runner
 * fast on one machine where the user did not say otherwise.
 */
public interface RunnerProfile {

  /** That of the options' runner. */
  static RunnerProfile of(PipelineOptions options) {
    return options.getRunner().equals(FlinkRunner.class)
        ? new FlinkProfile(options.as(FlinkPipelineOptions.class))
        : new DirectProfile(options.as(DirectOptions.class));
  }

  /**
   * Sets the defaults.
   *
   * @param given the options that the user gave by name, which stay as they are
   * @param cores those of this machine
   */
  void setDefaults(Set<String> given, int cores);

  /**
   * Sets the defaults of a job that streams, after {@link #setDefaults}.
   *
   * @param given the options that the user gave by name
   * @param flush how long an element may wait at most for others before a sink writes it
   * @param endsByItself whether its sources have an end
   */
  void setStreamDefaults(Set<String> given, Duration flush, boolean endsByItself);

  /**
   * Sets what makes a stream show at once what it does, after {@link #setStreamDefaults}: for
   * someone who watches, at some cost.
   */
  void showAtOnce(Set<String> given);

  /**
   * Lets branches of a pipeline run side by side which keep a worker each for as long as a bundle
   * takes, after {@link #setDefaults}.
   */
  void runSideBySide(Set<String> given, int branches);

  /**
   * Lets a pipeline's run return at once, so that whoever started it can watch and cancel it. To be
   * said for a pipeline that continues.
   *
   * @param ends whether it ends by itself
   */
  void letRunReturn(boolean ends);

  /** The options of before, when it is closed. */
  interface Restored extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Spares workers that would wait for nothing, for a pipeline whose only bundle waits for threads
   * of its own.
   */
  Restored withOneWorker();

  /** Whether Kafka's offsets are committed with checkpoints instead of by the pipeline itself. */
  boolean commitsAtCheckpoints();

  /**
   * The cluster that pipelines are submitted to; empty where they run in this process.
   *
   * @throws InvalidOptionException if an option that leads there is not right
   */
  Optional<ClusterAccess> cluster();

  /**
   * Finds out before anything is started whether the runner can be used.
   *
   * @throws InvalidOptionException if an option of the runner is not right
   * @throws ServiceUnavailableException if nothing listens where it says
   */
  void requireUsable();
}
