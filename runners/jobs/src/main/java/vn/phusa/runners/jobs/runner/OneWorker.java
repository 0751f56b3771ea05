package vn.phusa.runners.jobs.runner;

import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Lets the DirectRunner have a single worker for as long as this is open. For a pipeline whose only
 * bundle waits for threads of its own: meanwhile a second worker would look for work all the time,
 * at the cost of a whole core.
 */
public final class OneWorker implements AutoCloseable {
  private final PipelineOptions options;
  private final boolean isDirect;
  private final int before;

  /**
   * @param options what pipelines are started with; those of other runners stay as they are
   */
  public OneWorker(PipelineOptions options) {
    this.options = options;
    this.isDirect = !options.getRunner().equals(FlinkRunner.class);
    this.before = isDirect ? options.as(DirectOptions.class).getTargetParallelism() : 0;
    set(1);
  }

  private void set(int workers) {
    if (isDirect) {
      options.as(DirectOptions.class).setTargetParallelism(workers);
    }
  }

  @Override
  public void close() {
    set(before);
  }
}
