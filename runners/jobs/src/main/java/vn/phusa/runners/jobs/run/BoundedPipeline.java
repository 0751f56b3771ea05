package vn.phusa.runners.jobs.run;

import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.pipelines.io.step.RunId;

/** Runs pipelines that have an end. */
public final class BoundedPipeline {
  private BoundedPipeline() {}

  /**
   * Runs one to its end.
   *
   * @param options what it is started with
   * @param runId the run's id, which the job's name carries
   * @param recipe puts it together
   * @throws RuntimeException if it failed, or the thread was interrupted
   */
  public static PipelineResult run(
      PipelineOptions options, RunId runId, Consumer<Pipeline> recipe) {
    JobName.carry(options, runId);
    Pipeline pipeline = Pipeline.create(options);
    recipe.accept(pipeline);
    PipelineResult running = pipeline.run();
    PipelineOutcome.await(running);
    return running;
  }
}
