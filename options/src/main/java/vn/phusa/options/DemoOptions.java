package vn.phusa.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** What only the demonstration can be told. */
public interface DemoOptions extends PipelineOptions {

  @Description("Leaves the services up when it is done, until Ctrl-C.")
  @Default.Boolean(false)
  boolean isKeepServices();

  void setKeepServices(boolean keep);
}
