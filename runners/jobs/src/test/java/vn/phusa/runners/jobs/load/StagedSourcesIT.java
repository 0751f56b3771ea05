package vn.phusa.runners.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import vn.phusa.options.LoadOptions;
import vn.phusa.options.LoadSettings;
import vn.phusa.options.address.MongoAddress;
import vn.phusa.pipelines.LoadFacts;
import vn.phusa.pipelines.io.staging.StagingUnusableException;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.runners.jobs.run.BoundedPipelines;
import vn.phusa.transforms.mapping.Mappings;
import vn.phusa.transforms.rules.Rules;

/** Which platforms and servers are loaded from at all. */
class StagedSourcesIT extends StagedWarehouseTest {
  private static final Instant EXTRACTED = Instant.parse("2025-03-01T02:00:00Z");

  @Test
  void aMarketplaceThatIsAddedLaterIsLoadedFromItsBeginning() throws Exception {
    warehouse.withRules("{orderAuthorities: {fallback: muahang}}");
    warehouse.stage(
        "muahang", "product", "9", null, EXTRACTED, "{\"ma\":9,\"ten\":\"T\",\"gia\":\"1,000\"}");
    assertThat(warehouse.loadStaged()).as("no mapping").isEmpty();

    warehouse.withMappings(
        Mappings.builtIn()
            .with(
                "muahang",
                new com.fasterxml.jackson.dataformat.yaml.YAMLMapper()
                    .readTree(
                        """
                        platform: MuaHang
                        loads:
                          products:
                            collection: raw_products
                            into: products
                            record: '{"product_id": .ma, "name": .ten, "price_vnd": decimal(.gia)}'
                        """)));
    warehouse.loadStaged();
    assertThat(
            warehouse.query(
                "SELECT product_id, name, price_vnd, platform, effective_date FROM dim_product"
                    + " WHERE product_key <> -1"))
        .containsExactly("muahang:9|T|1000|MuaHang|2025-03-01 02:00:00+00");
  }

  @Test
  void aStagingThatCannotBeReachedIsSaidToBe() {
    LoadOptions options = PipelineOptionsFactory.create().as(LoadOptions.class);
    MongoAddress nowhere =
        new MongoAddress(
            "staging database",
            "stagingUri",
            "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200",
            null,
            null);
    StagedLoad load =
        new StagedLoad(
            new BoundedPipelines(options),
            LoadSettings.of(options),
            nowhere,
            null,
            Rules.defaults(),
            RunId.random(),
            Clock.systemUTC(),
            WaveGuard.ALWAYS);
    assertThatThrownBy(() -> load.staged(LoadFacts.staged(Mappings.builtIn()), Set.of()))
        .isInstanceOf(StagingUnusableException.class)
        .hasMessage("cannot be reached");
  }
}
