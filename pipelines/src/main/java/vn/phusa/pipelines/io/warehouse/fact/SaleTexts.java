package vn.phusa.pipelines.io.warehouse.fact;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.postgres.copy.MicrosText;
import vn.phusa.transforms.enrichment.SaleEnricher;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.rules.Rules;

/** The texts of an order line; commission, place, status group and whether it counts follow. */
final class SaleTexts implements OptionalColumns<EnrichedSale> {
  private static final long serialVersionUID = 1L;

  private final Rules rules;
  private transient @Nullable SaleEnricher enricher;

  SaleTexts(Rules rules) {
    this.rules = rules;
  }

  @Override
  public List<String> absent(EnrichedSale sale) {
    return sale.getSale().getAbsent();
  }

  @Override
  public EnrichedSale filled(EnrichedSale sale, EnrichedSale from, Set<String> columns)
      throws SQLException {
    Sale.Builder filled = sale.getSale().toBuilder();
    for (String column : columns) {
      fill(filled, from.getSale(), column);
    }
    EnrichedSale again = enriched(filled.build());
    EnrichedSale.Builder derived =
        sale.toBuilder()
            .setSale(again.getSale())
            .setPlatformCommission(again.getPlatformCommission())
            .setRegion(again.getRegion())
            .setStatusGroup(again.getStatusGroup())
            .setCounted(again.getCounted());
    if (columns.contains("payment_method")) {
      derived.setPaymentMethodLocal(from.getPaymentMethodLocal());
    }
    return derived.build();
  }

  private static void fill(Sale.Builder sale, Sale from, String column) {
    switch (column) {
      case "order_number" -> sale.setOrderNumber(from.getOrderNumber());
      case "customer_id" -> sale.setCustomerId(from.getCustomerId());
      case "product_id" -> sale.setProductId(from.getProductId());
      case "platform" -> sale.setPlatform(from.getPlatform());
      case "city" -> sale.setCity(from.getCity());
      case "payment_method" -> sale.setPaymentMethod(from.getPaymentMethod());
      case "status" -> sale.setStatus(from.getStatus());
      default -> throw new IllegalArgumentException("no optional column " + column);
    }
  }

  private EnrichedSale enriched(Sale sale) throws SQLException {
    if (enricher == null) {
      enricher = new SaleEnricher(rules);
    }
    try {
      return enricher.enrich(sale);
    } catch (RejectedException e) {
      throw new SQLException(e.getMessage(), "22003", e);
    }
  }

  @Override
  public String stored() {
    return "order_id, order_number, customer_id, product_id, platform, city, quantity,"
        + " unit_price_usd, total_amount_usd, discount_amount_usd, tax_amount_usd,"
        + " shipping_cost_usd, profit_margin_usd, vietnam_promotion_applied, status,"
        + " order_timestamp, source, time_key, unit_price_vnd, total_amount_vnd, vat_amount_vnd,"
        + " platform_commission, payment_method_local, is_tet_season, is_shopping_festival,"
        + " is_counted, status_group, source_modified_at";
  }

  @Override
  public EnrichedSale read(ResultSet row) throws SQLException {
    long modified = StoredStates.modified(row);
    Sale sale =
        Sale.builder()
            .setSource(row.getString("source"))
            .setPosition("fact_sales")
            .setStamp(ChangeStamp.polled(modified))
            .setOperation(Operation.UPSERT)
            .setOrderId(row.getString("order_id"))
            .setOrderNumber(row.getString("order_number"))
            .setCustomerId(row.getString("customer_id"))
            .setProductId(row.getString("product_id"))
            .setPlatform(row.getString("platform"))
            .setCity(row.getString("city"))
            .setQuantity((Integer) row.getObject("quantity"))
            .setUnitPriceUsd(amount(row, "unit_price_usd"))
            .setTotalAmountUsd(amount(row, "total_amount_usd"))
            .setDiscountAmountUsd(amount(row, "discount_amount_usd"))
            .setTaxAmountUsd(amount(row, "tax_amount_usd"))
            .setShippingCostUsd(amount(row, "shipping_cost_usd"))
            .setProfitMarginUsd(amount(row, "profit_margin_usd"))
            .setVietnamPromotionApplied((Boolean) row.getObject("vietnam_promotion_applied"))
            .setStatus(row.getString("status"))
            // The raw name is not stored; the local name of a local name is itself.
            .setPaymentMethod(row.getString("payment_method_local"))
            .setOrderMicros(MicrosText.get(row, row.findColumn("order_timestamp")))
            .build();
    return EnrichedSale.builder()
        .setSale(sale)
        .setTimeKey(row.getInt("time_key"))
        .setUnitPriceVnd(amount(row, "unit_price_vnd"))
        .setTotalAmountVnd(amount(row, "total_amount_vnd"))
        .setVatAmountVnd(amount(row, "vat_amount_vnd"))
        .setPlatformCommission(amount(row, "platform_commission"))
        .setPaymentMethodLocal(row.getString("payment_method_local"))
        .setTetSeason((Boolean) row.getObject("is_tet_season"))
        .setShoppingFestival((Boolean) row.getObject("is_shopping_festival"))
        .setCounted(row.getBoolean("is_counted"))
        .setStatusGroup(row.getString("status_group"))
        .build();
  }

  private static @Nullable BigDecimal amount(ResultSet row, String column) throws SQLException {
    return row.getBigDecimal(column);
  }
}
