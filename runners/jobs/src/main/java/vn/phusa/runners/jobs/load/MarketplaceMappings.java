package vn.phusa.runners.jobs.load;

import java.util.Map;
import vn.phusa.pipelines.io.marketplace.spec.FeedSpec;
import vn.phusa.pipelines.io.marketplace.spec.Marketplace;
import vn.phusa.pipelines.io.marketplace.spec.Marketplaces;
import vn.phusa.runners.jobs.failure.UsageException;
import vn.phusa.transforms.mapping.MappingException;
import vn.phusa.transforms.mapping.Mappings;

/** What the records of marketplaces and feeds mean, in a launch. */
public final class MarketplaceMappings {
  private MarketplaceMappings() {}

  /**
   * The built-in mappings, changed by {@code marketplaces.<name>.mapping} and {@code
   * feeds.<name>.mapping} of --marketplaces.
   *
   * @throws UsageException if one of these is not right
   */
  public static Mappings of(Marketplaces described) {
    Mappings mappings = Mappings.builtIn();
    try {
      for (Map.Entry<String, Marketplace> one : described.marketplaces().entrySet()) {
        if (one.getValue().mapping() != null) {
          mappings = mappings.with(one.getKey(), one.getValue().mapping());
        }
      }
      for (Map.Entry<String, FeedSpec> one : described.feeds().entrySet()) {
        if (one.getValue().mapping() != null) {
          mappings = mappings.withFeed(one.getKey(), one.getValue().mapping());
        }
      }
      return mappings;
    } catch (MappingException e) {
      throw new UsageException("--marketplaces: " + e.getMessage());
    }
  }
}
