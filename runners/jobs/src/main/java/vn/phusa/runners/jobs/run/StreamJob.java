package vn.phusa.runners.jobs.run;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import vn.phusa.pipelines.io.step.RunId;

/**
 * A pipeline that runs until it is stopped.
 *
 * @param steps the names of its steps in etl_step, which its sinks count rows for
 * @param recipe puts it together
 * @param ends whether it ends by itself nevertheless
 */
public record StreamJob(List<String> steps, Recipe recipe, boolean ends) {

  /** One without an end. */
  public StreamJob(List<String> steps, Recipe recipe) {
    this(steps, recipe, false);
  }

  /** Puts a pipeline together: sources, transforms, sinks. */
  @FunctionalInterface
  public interface Recipe {
    /**
     * Does it.
     *
     * @param runId the run's id in etl_run, which rows are counted for
     */
    void build(Pipeline pipeline, RunId runId) throws Exception;
  }
}
