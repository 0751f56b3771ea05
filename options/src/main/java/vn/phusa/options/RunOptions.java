package vn.phusa.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** How the whole batch job deals with failures. */
public interface RunOptions extends PipelineOptions {

  @Description("How many times a failed step is tried again.")
  @Default.Integer(2)
  int getStepRetries();

  void setStepRetries(int retries);

  @Description("How long to wait before a failed step is tried again.")
  @Default.String("PT5M")
  String getStepRetryDelay();

  void setStepRetryDelay(String duration);

  @Description(
      "Goes on at the step that failed when the previous run stopped; false: from the top.")
  @Default.Boolean(true)
  boolean isResume();

  void setResume(boolean resume);

  @Description(
      "A run that stopped longer ago than this is begun anew, since its first steps are old.")
  @Default.String("PT12H")
  String getResumeWithin();

  void setResumeWithin(String duration);
}
