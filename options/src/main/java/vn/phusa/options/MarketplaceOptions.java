package vn.phusa.options;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** How the marketplaces and feeds are described, beyond what is built in. */
public interface MarketplaceOptions extends PipelineOptions {

  @Description(
      "A YAML file that is merged over the built-in descriptions of the marketplaces: credentials"
          + " (as references), feeds' files, other addresses, limits, mappings, further marketplaces.")
  String getMarketplaces();

  void setMarketplaces(String file);
}
