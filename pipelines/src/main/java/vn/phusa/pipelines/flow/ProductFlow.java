package vn.phusa.pipelines.flow;

import java.util.List;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.transforms.cleansing.CleanseProducts;
import vn.phusa.transforms.cleansing.ProductDerivation;
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
    WriteDimension write =
        WriteDimension.of(
            target,
            DimensionSpec.PRODUCT.derivedBy(new ProductDerivation(target.rules())),
            cleansed
                .get(CleanseProducts.MAIN)
                .apply("Derive product changes", ProductChanges.of()));
    return outcome(
        List.of(write.written()), write.rejectedAfter(cleansed.get(CleanseProducts.DEAD_LETTERS)));
  }
}
