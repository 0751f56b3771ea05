package vn.phusa.transforms.enrichment;

import java.math.BigDecimal;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.RecordPayload;
import vn.phusa.transforms.model.Sale;

/** A cleansed sale written back with the names of the orders table, so that it can be replayed. */
public final class SalePayload {
  private SalePayload() {}

  public static Payload of(Sale sale) {
    return RecordPayload.without(sale.getAbsent())
        .add("order_id", sale.getOrderId())
        .add("order_number", sale.getOrderNumber())
        .add("customer_id", sale.getCustomerId())
        .add("product_id", sale.getProductId())
        .add("platform", sale.getPlatformSaid())
        .add("city", sale.getCitySaid())
        .add("quantity", sale.getQuantity())
        .add(
            "unit_price_usd",
            dollars(sale, "unit_price", sale.getUnitPriceUsd(), sale.getUnitPriceVnd()))
        .add(
            "subtotal_usd", dollars(sale, "subtotal", sale.getSubtotalUsd(), sale.getSubtotalVnd()))
        .add(
            "discount_amount_usd",
            dollars(
                sale, "discount_amount", sale.getDiscountAmountUsd(), sale.getDiscountAmountVnd()))
        .add(
            "tax_amount_usd",
            dollars(sale, "tax_amount", sale.getTaxAmountUsd(), sale.getTaxAmountVnd()))
        .add(
            "shipping_cost_usd",
            dollars(sale, "shipping_cost", sale.getShippingCostUsd(), sale.getShippingCostVnd()))
        .add(
            "total_amount_usd",
            dollars(sale, "total_amount", sale.getTotalAmountUsd(), sale.getTotalAmountVnd()))
        .add("profit_margin_usd", sale.getProfitMarginUsd())
        .addKnown("unit_price_vnd", sale.getUnitPriceVnd())
        .addKnown("subtotal_vnd", sale.getSubtotalVnd())
        .addKnown("discount_amount_vnd", sale.getDiscountAmountVnd())
        .addKnown("tax_amount_vnd", sale.getTaxAmountVnd())
        .addKnown("shipping_cost_vnd", sale.getShippingCostVnd())
        .addKnown("total_amount_vnd", sale.getTotalAmountVnd())
        .add("payment_method", sale.getPaymentMethod())
        .add("vietnam_promotion_applied", sale.getVietnamPromotionApplied())
        .add("status", sale.getStatus())
        .addTime("order_date", sale.getOrderMicros())
        .addTime("last_modified", sale.getStamp().getModifiedMicros())
        .of(sale.getOperation(), sale.getStamp());
  }

  /**
   * Those that a rate made of dong were not said, and another rate may hold when it is replayed.
   */
  private static @Nullable BigDecimal dollars(
      Sale sale, String amount, @Nullable BigDecimal dollars, @Nullable BigDecimal dong) {
    return dong == null || sale.getSaidInBoth().contains(amount) ? dollars : null;
  }
}
