package vn.phusa.pipelines.io.warehouse.fact;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.RealtimeSale;

/**
 * A sale with the names that sales events are read by, so that a dead letter of it can be sent
 * through again.
 */
public final class SaleEventColumns {
  public static final List<String> COLUMNS =
      List.of(
          "order_id",
          "customer_id",
          "product_id",
          "platform",
          "city",
          "quantity",
          "unit_price_usd",
          "total_amount_usd",
          "payment_method",
          "order_date",
          // When the log took it: whether it comes too late may not depend on how long Kafka has
          // it.
          "last_modified");

  private SaleEventColumns() {}

  /** Aligned with the columns. */
  public static List<@Nullable String> values(RealtimeSale sale) {
    RowValues row = new RowValues();
    row.said(sale.getOrderId())
        .said(sale.getCustomerId())
        .said(sale.getProductId())
        .said(sale.getPlatform())
        .said(sale.getCity())
        .said(sale.getQuantity())
        .said(sale.getUnitPriceUsd())
        .said(sale.getTotalAmountUsd())
        .said(sale.getPaymentMethod())
        .saidInstant(sale.getOrderMicros())
        .saidInstant(sale.getStamp().getOrderedMicros());
    return row.values();
  }
}
