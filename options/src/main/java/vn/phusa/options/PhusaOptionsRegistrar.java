package vn.phusa.options;

import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;

/** Makes the options known to Beam, so that the same words work with every runner. */
public final class PhusaOptionsRegistrar implements PipelineOptionsRegistrar {

  @Override
  public Iterable<Class<? extends PipelineOptions>> getPipelineOptions() {
    return List.of(
        PhusaOptions.class,
        TlsOptions.class,
        WarehouseOptions.class,
        MigrateOptions.class,
        OltpOptions.class,
        LoadOptions.class,
        StagingOptions.class,
        MarketplaceOptions.class,
        ExtractionOptions.class,
        ExtractOptions.class,
        KafkaOptions.class,
        RedisOptions.class,
        WindowOptions.class,
        StreamOptions.class,
        ReplayOptions.class,
        HousekeepingOptions.class,
        RetryOptions.class,
        RunOptions.class,
        SampleOptions.class);
  }
}
