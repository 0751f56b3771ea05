package vn.phusa.options;

import org.apache.beam.sdk.options.Description;

/** What is brought from marketplaces and feeds into staging, and how. */
public interface ExtractOptions
    extends PhusaOptions, StagingOptions, MarketplaceOptions, WarehouseOptions, ExtractionOptions {

  /**
   * Beam has an option of this name too, and allows no default of ours; the command line sets it
   * for bounded jobs on Flink, so that it says how to extract only where the user gave it.
   */
  @Description("Extracts until it is stopped, each platform at its refresh interval.")
  boolean isStreaming();

  void setStreaming(boolean streaming);
}
