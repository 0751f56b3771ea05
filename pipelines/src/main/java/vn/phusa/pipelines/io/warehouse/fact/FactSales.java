package vn.phusa.pipelines.io.warehouse.fact;

import java.math.BigDecimal;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.enrichment.SalePayload;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.scd.DimensionSpec;

/** The table fact_sales: one row per order line. */
public final class FactSales implements FactTable<EnrichedSale> {
  private static final long serialVersionUID = 1L;

  private static final List<String> COLUMNS =
      List.of(
          "order_id",
          "order_number",
          "customer_id",
          "product_id",
          "platform",
          "city",
          "quantity",
          "unit_price_usd",
          "total_amount_usd",
          "discount_amount_usd",
          "tax_amount_usd",
          "shipping_cost_usd",
          "profit_margin_usd",
          "vietnam_promotion_applied",
          "status",
          "order_timestamp",
          "source",
          "time_key",
          "unit_price_vnd",
          "total_amount_vnd",
          "vat_amount_vnd",
          "platform_commission",
          "payment_method_local",
          "is_tet_season",
          "is_shopping_festival",
          "is_counted",
          "status_group",
          "source_modified_at");

  private final SaleTexts texts;
  private final StoredSales said;

  /**
   * @param rules what follows from what is stored, and from a column that another change filled in
   */
  public FactSales(Rules rules) {
    SaleDerivation derivation = new SaleDerivation(rules);
    texts = new SaleTexts(derivation);
    said = new StoredSales(derivation);
  }

  @Override
  public String table() {
    return "fact_sales";
  }

  @Override
  public String keyColumn() {
    return "order_id";
  }

  @Override
  public List<String> columns() {
    return COLUMNS;
  }

  @Override
  public List<Reference> references() {
    return List.of(
        new Reference(DimensionSpec.CUSTOMER, "customer_key"),
        new Reference(DimensionSpec.PRODUCT, "product_key"));
  }

  @Override
  public List<Lookup> lookups() {
    return List.of(
        new Lookup("dim_geography", "city", "geography_key"),
        new Lookup("dim_platform", "platform", "platform_key"));
  }

  @Override
  public OptionalColumns<EnrichedSale> optional() {
    return texts;
  }

  @Override
  public SaidFacts<EnrichedSale> said() {
    return said;
  }

  @Override
  public String key(EnrichedSale enriched) {
    return enriched.getSale().getOrderId();
  }

  @Override
  public ChangeStamp stamp(EnrichedSale enriched) {
    return enriched.getSale().getStamp();
  }

  @Override
  public Operation operation(EnrichedSale enriched) {
    return enriched.getSale().getOperation();
  }

  @Override
  public FactRow.Origin origin(EnrichedSale enriched) {
    Sale sale = enriched.getSale();
    return new FactRow.Origin(
        new String[] {sale.getCustomerId(), sale.getProductId()},
        sale.getOrderMicros(),
        new String[] {sale.getCity(), sale.getPlatform()},
        sale.getSource(),
        sale.getPosition());
  }

  @Override
  public void describe(EnrichedSale enriched, RowSink row) {
    Sale sale = enriched.getSale();
    row.said(sale.getOrderId())
        .said(sale.getOrderNumber())
        .said(sale.getCustomerId())
        .said(sale.getProductId())
        .computed(sale.getPlatform())
        .unstored(sale.getPlatformSaid())
        .computed(sale.getCity())
        .unstored(sale.getCitySaid())
        .said(sale.getQuantity());
    amount(row, sale.getUnitPriceUsd(), sale.getUnitPriceVnd());
    amount(row, sale.getTotalAmountUsd(), sale.getTotalAmountVnd());
    amount(row, sale.getDiscountAmountUsd(), sale.getDiscountAmountVnd());
    amount(row, sale.getTaxAmountUsd(), sale.getTaxAmountVnd());
    amount(row, sale.getShippingCostUsd(), sale.getShippingCostVnd());
    if (!sale.getAbsent().isEmpty()) {
      // A null that was said is not the same as nothing said.
      row.unstored(sale.getAbsent());
    }
    if (sale.getSubtotalVnd() != null) {
      row.unstored(sale.getSubtotalVnd().stripTrailingZeros());
    }
    row.said(sale.getProfitMarginUsd())
        .said(sale.getVietnamPromotionApplied())
        .said(sale.getStatus())
        .saidInstant(sale.getOrderMicros())
        .said(sale.getSource())
        .unstored(sale.getPaymentMethod())
        .unstored(sale.getSubtotalVnd() == null ? sale.getSubtotalUsd() : null)
        .derived(enriched.getTimeKey())
        .derived(enriched.getUnitPriceVnd())
        .derived(enriched.getTotalAmountVnd())
        .derived(enriched.getVatAmountVnd())
        .derived(enriched.getPlatformCommission())
        .derived(enriched.getPaymentMethodLocal())
        .derived(enriched.getTetSeason())
        .derived(enriched.getShoppingFestival())
        .derived(enriched.getCounted())
        .derived(enriched.getStatusGroup())
        .markInstant(sale.getStamp().getModifiedMicros());
  }

  @Override
  public Payload payload(EnrichedSale enriched) {
    return SalePayload.of(enriched.getSale());
  }

  /** Dollars that a rate made of dong are no content: the dong are. */
  private static void amount(RowSink row, @Nullable BigDecimal usd, @Nullable BigDecimal vnd) {
    if (vnd == null) {
      row.said(usd);
    } else {
      row.computed(usd).unstored(vnd.stripTrailingZeros());
    }
  }
}
