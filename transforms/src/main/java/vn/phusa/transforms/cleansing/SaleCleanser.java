package vn.phusa.transforms.cleansing;

import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.money.BusinessDay;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.rules.VietnameseCalendar;

/** Cleanses order lines. Not safe for several threads. */
public final class SaleCleanser implements Cleanser<Sale> {

  private final RecordReader in = new RecordReader();
  private final Column orderId = in.column("order_id");
  private final Column orderNumber = in.attribute("order_number");
  private final Column customerId = in.attribute("customer_id");
  private final Column productId = in.attribute("product_id");
  private final Column platform = in.attribute("platform");
  private final Column city = in.attribute("city");
  private final Column quantity = in.column("quantity");
  private final Column paymentMethod = in.attribute("payment_method");
  private final Column promotion = in.column("vietnam_promotion_applied");
  private final Column status = in.attribute("status");
  private final Column orderDate = in.column("order_date");
  private final Column lastModified = in.column("last_modified");

  private final SaleAmounts amounts;
  private final VietnameseCalendar calendar;
  private final SaleStandardiser standard;

  public SaleCleanser(Rules rules) {
    this.amounts = new SaleAmounts(in, quantity, rules);
    this.calendar = VietnameseCalendar.of(rules);
    this.standard = new SaleStandardiser(rules);
  }

  @Override
  public Sale cleanse(SourceRecord record) throws RejectedException {
    in.open(record);
    Sale.Builder sale =
        Sale.builder()
            .setSource(record.getSource())
            .setPosition(record.getPosition())
            .setOperation(record.getOperation())
            .setOrderId(in.key(orderId))
            .setPlatform(standard.platform(in.raw(platform)))
            .setPlatformSaid(in.raw(platform))
            .setStamp(in.stamp(lastModified));
    if (record.getOperation() == Operation.DELETE) {
      return sale.build();
    }
    in.checkCharacters();
    Long time = in.time(orderDate);
    // Rejected here and not only when enriched, since here the record is still as it came.
    Integer day = BusinessDay.of(time, calendar, orderDate.name());
    amounts.set(sale, day);
    return sale.setOrderNumber(in.foreignKey(orderNumber))
        .setCustomerId(in.foreignKey(customerId))
        .setProductId(in.foreignKey(productId))
        .setCity(standard.city(in.raw(city)))
        .setCitySaid(in.raw(city))
        .setPaymentMethod(in.text(paymentMethod))
        .setVietnamPromotionApplied(in.bool(promotion))
        .setStatus(in.text(status))
        .setOrderMicros(time)
        .setAbsent(in.leftOut())
        .build();
  }
}
