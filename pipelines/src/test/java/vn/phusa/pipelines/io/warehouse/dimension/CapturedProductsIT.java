package vn.phusa.pipelines.io.warehouse.dimension;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vn.phusa.pipelines.io.warehouse.Cases;
import vn.phusa.pipelines.io.warehouse.TestWarehouse;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.cleansing.CleanseProducts;
import vn.phusa.transforms.cleansing.ProductDerivation;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.scd.DimensionSpec;
import vn.phusa.transforms.scd.ProductChanges;

/** Small cases of captured products, each in several orders and batches. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CapturedProductsIT {
  private static final Rules RULES = Rules.defaults();

  private TestWarehouse warehouse;

  @BeforeAll
  void migrate(FreshDatabase database) throws Exception {
    warehouse = TestWarehouse.in(database);
  }

  @BeforeEach
  void empty() throws Exception {
    warehouse.execute(
        "TRUNCATE scd_change, rekey; DELETE FROM dim_product WHERE product_key <> -1");
  }

  @Test
  void aRatingOfZeroIsOneWhereTheRowHasReviews() throws Exception {
    assertInAnyOrder("partial-rating.jsonl", "rating, review_count", List.of(List.of("0.00", "8")));
  }

  @Test
  void aLongNameThatTheSecondStatementOfACommitLeavesOutIsKept() throws Exception {
    assertInAnyOrder(
        "commit-fold.jsonl",
        "left(name, 24), price_usd",
        List.of(List.of("Nồi", "50.0000"), List.of("Nồi chiên không dầu 5 lí", "55.0000")));
  }

  @Test
  void aFirstStateRemembersNothingAlsoWhereItsRatingIsNone() throws Exception {
    SourceRecord unrated =
        SourceRecord.polled(
            "oltp",
            "products",
            "products/N",
            List.of(
                "product_id",
                "name",
                "category",
                "brand",
                "platform",
                "price_usd",
                "stock",
                "rating",
                "review_count",
                "last_modified"),
            Arrays.asList(
                "N", "Nến", "c", "b", "Tiki", "5", "1", "0", null, "2026-03-02T03:00:00Z"));
    load(List.of(unrated));
    String stored = "SELECT rating, said FROM dim_product WHERE product_key <> -1";
    assertThat(warehouse.query(stored))
        .containsExactly(Arrays.asList(null, "{\"rating\": \"0.00\", \"price_vnd\": null}"));
    load(List.of(unrated));
    assertThat(warehouse.count("SELECT count(*) FROM scd_change")).isZero();
  }

  private void assertInAnyOrder(String file, String columns, List<List<String>> expected)
      throws Exception {
    List<SourceRecord> changes = new ArrayList<>(Cases.products(file));
    for (int seed = 0; seed < 4; seed++) {
      empty();
      Random random = new Random(seed);
      Collections.shuffle(changes, random);
      for (int from = 0; from < changes.size(); ) {
        int to = Math.min(changes.size(), from + 1 + random.nextInt(2));
        load(changes.subList(from, to));
        from = to;
      }
      assertThat(
              warehouse.query(
                  "SELECT "
                      + columns
                      + " FROM dim_product WHERE product_key <> -1 ORDER BY effective_date"))
          .as("seed " + seed)
          .isEqualTo(expected);
    }
  }

  private void load(List<SourceRecord> records) {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(records))
        .apply(CleanseProducts.with(RULES))
        .get(CleanseProducts.MAIN)
        .apply(ProductChanges.of())
        .apply(
            WriteRows.dimension(
                warehouse.address(),
                DimensionSpec.PRODUCT.derivedBy(new ProductDerivation(RULES)),
                RULES,
                null));
    pipeline.run().waitUntilFinish();
  }
}
