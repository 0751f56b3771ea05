package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.samples.SampleShop;

/** The same pipelines on Flink's local mode: the same rows, counted the same. */
@WithEmbeddedServices
class FlinkLoadIT {
  private static final String STEPS =
      "SELECT step, rows_read, rows_loaded, rows_rejected, rows_skipped, versions_opened,"
          + " versions_closed FROM etl_step WHERE rows_read IS NOT NULL ORDER BY started, step";

  @Test
  void flinkLoadsWhatTheDirectRunnerLoads(EmbeddedPostgres postgres) throws Exception {
    try (ShopAndWarehouse direct = ShopAndWarehouse.in(postgres, "runners");
        ShopAndWarehouse flink = direct.withWarehouse(postgres, "runners_flink")) {
      SampleShop sample = SampleShop.create(5, 400, 4_000, Instant.parse("2025-06-30T12:00:00Z"));
      try (Connection shop = direct.shop()) {
        sample.writeTo(shop);
      }
      run(direct, "DirectRunner");
      run(flink, "FlinkRunner");
      try (Connection shop = direct.shop()) {
        assertThat(sample.applyDay(shop, 1, Instant.now())).isPositive();
      }
      run(direct, "DirectRunner");
      run(flink, "FlinkRunner");

      assertThat(LoadedRows.ofDimensions(flink)).isEqualTo(LoadedRows.ofDimensions(direct));
      assertThat(LoadedRows.ofFacts(flink)).isEqualTo(LoadedRows.ofFacts(direct)).isNotEmpty();
      List<List<String>> counts = flink.warehouseRows(STEPS);
      assertThat(counts).hasSizeGreaterThanOrEqualTo(8);
      assertThat(LoadedRows.unconservedSteps(flink)).isEmpty();
      assertThat(flink.countInWarehouse("SELECT count(*) FROM dead_letter"))
          .isPositive()
          .isEqualTo(direct.countInWarehouse("SELECT count(*) FROM dead_letter"));
    }
  }

  private static void run(ShopAndWarehouse databases, String runner) {
    assertThat(databases.onWarehouse("migrate").code()).isZero();
    for (String command : List.of("load-dimensions", "load-facts")) {
      ShopAndWarehouse.Ended ended = databases.load(command, "--runner=" + runner);
      assertThat(ended.code()).as(ended.err()).isZero();
    }
  }
}
