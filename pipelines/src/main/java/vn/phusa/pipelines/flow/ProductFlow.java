package vn.phusa.pipelines.flow;

import java.util.List;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.transforms.cleansing.CleanseProducts;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.scd.DimensionSpec;
import vn.phusa.transforms.scd.ProductChanges;

/** States of products, polled, staged or captured, into dim_product. */
public final class ProductFlow extends RecordFlow {
  private static final long serialVersionUID = 1L;

  private ProductFlow(FlowTarget target) {
    super(target);
  }

  public static ProductFlow to(FlowTarget target) {
    return new ProductFlow(target);
  }

  @Override
  public PCollectionTuple expand(PCollection<SourceRecord> records) {
    PCollectionTuple cleansed =
        records.apply("Cleanse products", CleanseProducts.with(target.rules()));
    PCollectionTuple written =
        cleansed
            .get(CleanseProducts.MAIN)
            .apply("Derive product changes", ProductChanges.of())
            .apply(
                "Write dim_product",
                target.counted(WriteRows.dimension(target.warehouse(), DimensionSpec.PRODUCT)));
    return outcome(
        List.of(written.get(WriteRows.WRITTEN)),
        List.of(cleansed.get(CleanseProducts.DEAD_LETTERS), written.get(WriteRows.REJECTED)));
  }
}
