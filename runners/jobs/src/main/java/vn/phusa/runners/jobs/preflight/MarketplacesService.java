package vn.phusa.runners.jobs.preflight;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.MarketplaceOptions;

/**
 * The marketplaces and feeds. Whether one of them answers is found out when it is extracted, and is
 * no reason to leave the others alone.
 */
record MarketplacesService() implements ServiceAccess<String> {

  @Override
  public Optional<String> address(PipelineOptions options) {
    return Optional.ofNullable(options.as(MarketplaceOptions.class).getMarketplaces());
  }

  @Override
  public void checkGiven(String file) {
    if (!Files.isReadable(Path.of(file)) || Files.isDirectory(Path.of(file))) {
      throw new InvalidOptionException("marketplaces", "the file " + file + " cannot be read");
    }
  }

  @Override
  public void checkConnects(String file) {
    // Each is found out by itself, see above.
  }

  @Override
  public boolean hasEmbeddedData(EmbeddedStores stores) {
    return stores.hasMarketplaces();
  }

  @Override
  public String startEmbedded(EmbeddedStores stores, PipelineOptions options) {
    options.as(MarketplaceOptions.class).setMarketplaces(stores.marketplaces().toString());
    return null;
  }
}
