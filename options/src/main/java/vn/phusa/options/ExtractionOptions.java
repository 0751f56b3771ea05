package vn.phusa.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** What one extraction brings, wherever it is a step. */
public interface ExtractionOptions extends PipelineOptions {

  @Description(
      "The marketplaces and feeds to extract, by their names (lazada,shopee,...); by default all"
          + " that --marketplaces gives credentials or files for.")
  String getPlatforms();

  void setPlatforms(String names);

  @Description(
      "How long an extraction waits for a platform's request limit before it ends as partial, to"
          + " be continued by the next one.")
  @Default.String("PT5M")
  String getLongestWait();

  void setLongestWait(String duration);
}
