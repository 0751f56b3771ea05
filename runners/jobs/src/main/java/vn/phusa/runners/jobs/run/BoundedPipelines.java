package vn.phusa.runners.jobs.run;

import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.runners.jobs.runner.RunnerProfile;

/** Runs pipelines that have an end, on the runner of a launch. Not thread-safe. */
public final class BoundedPipelines {
  private final PipelineOptions options;

  /**
   * @param options what pipelines are started with: the runner above all
   */
  public BoundedPipelines(PipelineOptions options) {
    this.options = options;
  }

  /**
   * Runs one to its end.
   *
   * @param runId the run's id, which the job's name carries
   * @param recipe puts it together
   * @throws RuntimeException if it failed, or the thread was interrupted
   */
  public PipelineResult run(RunId runId, Consumer<Pipeline> recipe) {
    JobName.carry(options, runId);
    Pipeline pipeline = Pipeline.create(options);
    recipe.accept(pipeline);
    PipelineResult running = pipeline.run();
    PipelineOutcome.await(running);
    return running;
  }

  /** As {@link RunnerProfile#withOneWorker}, for those that are run until it is closed. */
  public RunnerProfile.Restored withOneWorker() {
    return RunnerProfile.of(options).withOneWorker();
  }
}
