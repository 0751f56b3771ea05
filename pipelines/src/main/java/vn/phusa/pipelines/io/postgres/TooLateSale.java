package vn.phusa.pipelines.io.postgres;

import java.util.List;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RefusedException;
import vn.phusa.transforms.model.RealtimeSale;

/** The dead letter of a sale that came after its five-minute window was closed for good. */
final class TooLateSale {
  static final String STAGE = "sales-windows";

  /** The names that the sale is read by when it is sent through again. */
  private static final List<String> COLUMNS =
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
          "order_date");

  private TooLateSale() {}

  static DeadLetter letterOf(RealtimeSale sale) {
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
        .saidInstant(sale.getOrderMicros());
    return DeadLetter.of(
        STAGE,
        sale.getSource(),
        sale.getPosition(),
        new RefusedException(
            Reason.TOO_LATE,
            "it came after the allowed lateness of its five-minute window, which does not count it;"
                + " fact_sales_realtime has it"),
        Payload.of(COLUMNS, row.values()));
  }
}
