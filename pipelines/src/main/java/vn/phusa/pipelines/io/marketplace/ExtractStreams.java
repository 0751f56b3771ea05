package vn.phusa.pipelines.io.marketplace;

import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Extracts parts of marketplaces and feeds into staging. The outcome of each stands in etl_step; a
 * platform that fails does not fail the pipeline.
 */
public final class ExtractStreams extends PTransform<PCollection<ExtractTask>, PCollection<Void>> {
  private static final long serialVersionUID = 1L;

  /** The counter, of this class, of parts whose failure may be over in a while. */
  public static final String PASSING_FAILURES = "passing_failures";

  private final Extractor extractor;
  private final boolean isStreaming;

  private ExtractStreams(Extractor extractor, boolean isStreaming) {
    this.extractor = extractor;
    this.isStreaming = isStreaming;
  }

  public static ExtractStreams with(Extractor extractor) {
    return new ExtractStreams(extractor, false);
  }

  /** For tasks that come again and again: their steps are counted and not ended. */
  public ExtractStreams streaming() {
    return new ExtractStreams(extractor, true);
  }

  @Override
  public PCollection<Void> expand(PCollection<ExtractTask> tasks) {
    return tasks
        .apply("Extract streams", ParDo.of(new ExtractFn(extractor, isStreaming)))
        .setCoder(VoidCoder.of());
  }
}
