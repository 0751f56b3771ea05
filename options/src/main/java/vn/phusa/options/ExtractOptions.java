package vn.phusa.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.StreamingOptions;

/**
 * What is brought from marketplaces and feeds into staging, and how. With Beam's own {@code
 * --streaming} each platform is extracted again at its refresh interval, until it is stopped.
 */
public interface ExtractOptions
    extends PhusaOptions, StagingOptions, MarketplaceOptions, WarehouseOptions, StreamingOptions {

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
