package vn.phusa.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** How a step that failed is tried again. */
public interface RetryOptions extends PipelineOptions {

  @Description("How many times a failed step is tried again.")
  @Default.Integer(2)
  int getStepRetries();

  void setStepRetries(int retries);

  @Description("How long to wait before a failed step is tried again.")
  @Default.String("PT5M")
  String getStepRetryDelay();

  void setStepRetryDelay(String duration);
}
