package vn.phusa.runners.cli.stream;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.options.PipelineOptions;
import org.joda.time.Duration;

/** Takes a pipeline and does not know how it ends, as a runner that detaches from its jobs. */
public final class UnfinishedRunner extends PipelineRunner<PipelineResult> {

  private UnfinishedRunner() {}

  /** As Beam makes runners. */
  public static UnfinishedRunner fromOptions(PipelineOptions options) {
    return new UnfinishedRunner();
  }

  @Override
  public PipelineResult run(Pipeline pipeline) {
    return new Unknown();
  }

  private static final class Unknown implements PipelineResult {
    @Override
    public State getState() {
      return State.UNKNOWN;
    }

    @Override
    public State cancel() {
      return State.UNKNOWN;
    }

    @Override
    public State waitUntilFinish(Duration duration) {
      return State.UNKNOWN;
    }

    @Override
    public State waitUntilFinish() {
      return State.UNKNOWN;
    }

    @Override
    public MetricResults metrics() {
      throw new UnsupportedOperationException("nothing is measured");
    }
  }
}
