package vn.phusa.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** How the five-minute windows of sales treat what comes late, and how long they are shown. */
public interface WindowOptions extends PipelineOptions {

  @Description(
      "How late an event may come and still correct its window; later ones become dead letters.")
  @Default.String("PT1H")
  String getAllowedLateness();

  void setAllowedLateness(String duration);

  @Description("How long a window stays in Redis after it was last written.")
  @Default.String("PT48H")
  String getWindowTimeToLive();

  void setWindowTimeToLive(String duration);
}
