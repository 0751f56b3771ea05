package vn.phusa.pipelines.flow;

import java.util.List;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.transforms.cleansing.CleanseProducts;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.scd.DimensionSpec;
import vn.phusa.transforms.scd.ProductChanges;

/** States of products into dim_product. */
public final class ProductFlow extends RecordFlow {
  private static final long serialVersionUID = 1L;

  private ProductFlow(FlowContext to, String step) {
    super(to, step);
  }

  public static ProductFlow to(FlowContext to, String step) {
    return new ProductFlow(to, step);
  }

  @Override
  public PCollectionTuple expand(PCollection<SourceRecord> records) {
    PCollectionTuple cleansed = records.apply("Cleanse", CleanseProducts.with(to.rules()));
    PCollectionTuple written =
        cleansed
            .get(CleanseProducts.MAIN)
            .apply("Changes", ProductChanges.of())
            .apply(
                "Write dim_product",
                WriteRows.dimension(to.warehouse(), DimensionSpec.PRODUCT)
                    .countedAsReadFor(counted()));
    return outcome(
        List.of(written.get(WriteRows.WRITTEN)),
        List.of(cleansed.get(CleanseProducts.DEAD_LETTERS), written.get(WriteRows.REFUSED)));
  }
}
