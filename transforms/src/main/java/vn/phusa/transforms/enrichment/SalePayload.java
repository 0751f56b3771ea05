package vn.phusa.transforms.enrichment;

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
        .add("platform", sale.getPlatform())
        .add("city", sale.getCity())
        .add("quantity", sale.getQuantity())
        .add("unit_price_usd", sale.getUnitPriceUsd())
        .add("subtotal_usd", sale.getSubtotalUsd())
        .add("discount_amount_usd", sale.getDiscountAmountUsd())
        .add("tax_amount_usd", sale.getTaxAmountUsd())
        .add("shipping_cost_usd", sale.getShippingCostUsd())
        .add("total_amount_usd", sale.getTotalAmountUsd())
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
}
