package vn.phusa.transforms.cleansing;

import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.InventoryMovement;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.money.BusinessDay;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.rules.VietnameseCalendar;

/** Cleanses movements of stock. Not safe for several threads. */
final class InventoryCleanser implements Cleanser<InventoryMovement> {

  private final RecordReader in = new RecordReader();
  private final Column eventId = in.column("event_id");
  private final Column productId = in.column("product_id");
  private final Column warehouse = in.column("warehouse");
  private final Column quantityChange = in.column("quantity_change");
  private final Column stockAfter = in.column("stock_after");
  private final Column reason = in.column("reason");
  private final Column eventTimestamp = in.column("event_timestamp");

  private final VietnameseCalendar calendar;

  InventoryCleanser(Rules rules) {
    this.calendar = VietnameseCalendar.of(rules);
  }

  @Override
  public InventoryMovement cleanse(SourceRecord record) throws RejectedException {
    in.open(record);
    in.checkCharacters();
    ChangeStamp stamp = in.stamp(eventTimestamp);
    // A clock gone wrong: it would be the newest stock for ever.
    BusinessDay.of(stamp.getModifiedMicros(), calendar, eventTimestamp.name());
    return InventoryMovement.builder()
        .setSource(record.getSource())
        .setPosition(record.getPosition())
        .setStamp(stamp)
        .setEventId(in.key(eventId))
        .setProductId(in.foreignKey(productId))
        .setWarehouse(in.text(warehouse))
        .setQuantityChange(in.integer(quantityChange))
        .setStockAfter(in.integer(stockAfter))
        .setReason(in.text(reason))
        .build();
  }
}
