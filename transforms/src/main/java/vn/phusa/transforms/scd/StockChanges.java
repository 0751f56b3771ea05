package vn.phusa.transforms.scd;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.InventoryMovement;
import vn.phusa.transforms.model.Operation;

/**
 * Movements of stock as changes of dim_product that carry nothing but the stock: they open no
 * version, and the newest known stock stands in every version. A movement without a product, or
 * that does not say what is in stock afterwards, changes no product.
 */
public final class StockChanges
    extends PTransform<PCollection<InventoryMovement>, PCollection<DimensionChange>> {
  private static final long serialVersionUID = 1L;
  private static final String STOCK = "stock";

  private static final List<String> ALL_BUT_STOCK =
      DimensionSpec.PRODUCT.attributes().stream()
          .map(DimensionSpec.Attribute::column)
          .filter(column -> !column.equals(STOCK))
          .toList();

  private StockChanges() {}

  public static StockChanges of() {
    return new StockChanges();
  }

  @Override
  public PCollection<DimensionChange> expand(PCollection<InventoryMovement> movements) {
    return movements.apply("Convert movements", ParDo.of(new MovementToChangeFn()));
  }

  private static final class MovementToChangeFn extends DoFn<InventoryMovement, DimensionChange> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element InventoryMovement movement, OutputReceiver<DimensionChange> out) {
      if (movement.getProductId() == null || movement.getStockAfter() == null) {
        return;
      }
      ChangeBuilder change = new ChangeBuilder(DimensionSpec.PRODUCT, ALL_BUT_STOCK);
      for (DimensionSpec.Attribute attribute : DimensionSpec.PRODUCT.attributes()) {
        change.set(
            attribute.column(), attribute.column().equals(STOCK) ? movement.getStockAfter() : null);
      }
      out.output(
          DimensionChange.create(
              movement.getProductId(),
              // An event is ordered by the time that it says, whenever the log took it.
              change.build(ChangeStamp.polled(movement.eventMicros()), Operation.UPSERT),
              movement.getSource(),
              movement.getPosition()));
    }
  }
}
