package vn.phusa.pipelines.io.warehouse.fact;

import java.util.List;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.RecordPayload;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.InventoryMovement;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.scd.DimensionSpec;

/** The table fact_inventory: one row per movement of stock. */
public final class FactInventory implements FactTable<InventoryMovement> {
  private static final long serialVersionUID = 1L;

  private static final List<String> COLUMNS =
      List.of(
          "event_id",
          "product_id",
          "warehouse",
          "quantity_change",
          "stock_after",
          "reason",
          "event_timestamp");

  @Override
  public String table() {
    return "fact_inventory";
  }

  @Override
  public String keyColumn() {
    return "event_id";
  }

  @Override
  public List<String> columns() {
    return COLUMNS;
  }

  @Override
  public List<Reference> references() {
    return List.of(new Reference(DimensionSpec.PRODUCT, "product_key"));
  }

  @Override
  public List<Lookup> lookups() {
    return List.of();
  }

  /** Events are immutable, and none takes another back. */
  @Override
  public boolean keepsDeletes() {
    return false;
  }

  @Override
  public String key(InventoryMovement movement) {
    return movement.getEventId();
  }

  @Override
  public ChangeStamp stamp(InventoryMovement movement) {
    return movement.getStamp();
  }

  @Override
  public Operation operation(InventoryMovement movement) {
    return Operation.UPSERT;
  }

  @Override
  public FactRow.Origin origin(InventoryMovement movement) {
    return new FactRow.Origin(
        new String[] {movement.getProductId()},
        movement.eventMicros(),
        new String[0],
        movement.getSource(),
        movement.getPosition());
  }

  @Override
  public void describe(InventoryMovement movement, RowSink row) {
    row.said(movement.getEventId())
        .said(movement.getProductId())
        .said(movement.getWarehouse())
        .said(movement.getQuantityChange())
        .said(movement.getStockAfter())
        .said(movement.getReason())
        .saidInstant(movement.eventMicros());
  }

  @Override
  public Payload payload(InventoryMovement movement) {
    return RecordPayload.without(List.of())
        .add("event_id", movement.getEventId())
        .add("product_id", movement.getProductId())
        .add("warehouse", movement.getWarehouse())
        .add("quantity_change", movement.getQuantityChange())
        .add("stock_after", movement.getStockAfter())
        .add("reason", movement.getReason())
        .addTime("event_timestamp", movement.eventMicros())
        .of(Operation.UPSERT, movement.getStamp());
  }
}
