package vn.phusa.pipelines.flow;

import java.util.List;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.transforms.cleansing.CleanseInventory;
import vn.phusa.transforms.cleansing.ProductDerivation;
import vn.phusa.transforms.model.InventoryMovement;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.scd.DimensionSpec;
import vn.phusa.transforms.scd.StockChanges;

/** Movements of stock into fact_inventory, and what they left in stock into dim_product. */
public final class InventoryFlow extends RecordFlow {
  private static final long serialVersionUID = 1L;

  private InventoryFlow(FlowTarget target) {
    super(target);
  }

  public static InventoryFlow to(FlowTarget target) {
    return new InventoryFlow(target);
  }

  @Override
  public PCollectionTuple expand(PCollection<SourceRecord> events) {
    PCollectionTuple cleansed =
        events.apply("Cleanse inventory events", CleanseInventory.with(target.rules()));
    PCollection<InventoryMovement> movements = cleansed.get(CleanseInventory.MAIN);
    PCollectionTuple written =
        movements.apply(
            "Write fact_inventory", target.counted(WriteRows.inventory(target.warehouse())));
    PCollectionTuple stock =
        movements
            .apply("Derive stock changes", StockChanges.of())
            .apply(
                "Write dim_product",
                WriteRows.dimension(
                    target.warehouse(),
                    DimensionSpec.PRODUCT.derivedBy(new ProductDerivation(target.rules())),
                    target.rules(),
                    target.historyHorizon()));
    return outcome(
        List.of(written.get(WriteRows.WRITTEN), stock.get(WriteRows.WRITTEN)),
        List.of(
            cleansed.get(CleanseInventory.DEAD_LETTERS),
            written.get(WriteRows.REJECTED),
            stock.get(WriteRows.REJECTED)));
  }
}
