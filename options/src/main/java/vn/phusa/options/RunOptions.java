package vn.phusa.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** How the whole batch job deals with failures. */
public interface RunOptions extends RetryOptions {

  @Description(
      "Continues at the step that failed when the previous run stopped, and reads all tables of that"
          + " step again from their watermarks. What the steps before it would find that is newer,"
          + " the next run brings; false: from the top.")
  @Default.Boolean(true)
  boolean isResume();

  void setResume(boolean resume);

  @Description(
      "A run that stopped longer ago than this is begun anew, since its first steps are old.")
  @Default.String("PT12H")
  String getResumeWithin();

  void setResumeWithin(String duration);
}
