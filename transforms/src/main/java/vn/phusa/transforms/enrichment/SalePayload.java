package vn.phusa.transforms.enrichment;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.model.Sale;

/** A cleansed sale written back with the names of the orders table, so that it can be replayed. */
final class SalePayload {

  private final List<String> columns = new ArrayList<>();
  private final List<@Nullable String> values = new ArrayList<>();

  private SalePayload() {}

  static Payload of(Sale sale) {
    SalePayload fields = new SalePayload();
    fields.add("order_id", sale.getOrderId());
    fields.add("order_number", sale.getOrderNumber());
    fields.add("customer_id", sale.getCustomerId());
    fields.add("product_id", sale.getProductId());
    fields.add("platform", sale.getPlatform());
    fields.add("city", sale.getCity());
    fields.add("quantity", sale.getQuantity());
    fields.add("unit_price_usd", sale.getUnitPriceUsd());
    fields.add("subtotal_usd", sale.getSubtotalUsd());
    fields.add("discount_amount_usd", sale.getDiscountAmountUsd());
    fields.add("tax_amount_usd", sale.getTaxAmountUsd());
    fields.add("shipping_cost_usd", sale.getShippingCostUsd());
    fields.add("total_amount_usd", sale.getTotalAmountUsd());
    fields.add("profit_margin_usd", sale.getProfitMarginUsd());
    fields.addSaid("unit_price_vnd", sale.getUnitPriceVnd());
    fields.addSaid("subtotal_vnd", sale.getSubtotalVnd());
    fields.addSaid("discount_amount_vnd", sale.getDiscountAmountVnd());
    fields.addSaid("tax_amount_vnd", sale.getTaxAmountVnd());
    fields.addSaid("shipping_cost_vnd", sale.getShippingCostVnd());
    fields.addSaid("total_amount_vnd", sale.getTotalAmountVnd());
    fields.add("payment_method", sale.getPaymentMethod());
    fields.add("vietnam_promotion_applied", sale.getVietnamPromotionApplied());
    fields.add("status", sale.getStatus());
    fields.add("order_date", instant(sale.getOrderMicros()));
    fields.add("last_modified", instant(sale.getStamp().getModifiedMicros()));
    return Payload.of(fields.columns, fields.values);
  }

  /** Only where it is known: most records say dollars. */
  private void addSaid(String column, @Nullable BigDecimal value) {
    if (value != null) {
      add(column, value.toPlainString());
    }
  }

  private void add(String column, @Nullable Object value) {
    columns.add(column);
    values.add(value == null ? null : value.toString());
  }

  private static @Nullable Instant instant(@Nullable Long micros) {
    return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
