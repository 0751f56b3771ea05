package vn.phusa.pipelines.io.warehouse.fact;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.postgres.copy.MicrosText;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.money.Amounts;

/**
 * What order lines said, kept in fact_sales: the names of platform, city and payment method where
 * the rules know better ones, amounts that were said in dong, and the subtotal that no column has.
 */
final class StoredSales implements SaidFacts<EnrichedSale> {
  private static final long serialVersionUID = 1L;

  /** Those that stand in columns of their own; dollars, and dong where it was said so. */
  private static final List<String> AMOUNTS =
      List.of("unit_price", "total_amount", "discount_amount", "tax_amount", "shipping_cost");

  private static final String SUBTOTAL = "subtotal";

  private final SaleDerivation derivation;

  StoredSales(SaleDerivation derivation) {
    this.derivation = derivation;
  }

  @Override
  public String write(EnrichedSale enriched) {
    Sale sale = enriched.getSale();
    SaidValues said =
        SaidValues.none()
            .differing("platform", sale.getPlatformSaid(), sale.getPlatform())
            .differing("city", sale.getCitySaid(), sale.getCity())
            .differing("payment_method", sale.getPaymentMethod(), enriched.getPaymentMethodLocal());
    List<String> both = sale.getSaidInBoth();
    said.amount("unit_price", sale.getUnitPriceVnd(), sale.getUnitPriceUsd(), both)
        .amount("total_amount", sale.getTotalAmountVnd(), sale.getTotalAmountUsd(), both)
        .amount("discount_amount", sale.getDiscountAmountVnd(), sale.getDiscountAmountUsd(), both)
        .amount("tax_amount", sale.getTaxAmountVnd(), sale.getTaxAmountUsd(), both)
        .amount("shipping_cost", sale.getShippingCostVnd(), sale.getShippingCostUsd(), both);
    if (!isProduct(sale)) {
      said.amount(SUBTOTAL, sale.getSubtotalVnd(), sale.getSubtotalUsd(), both);
      if (sale.getSubtotalVnd() == null) {
        said.exact("subtotal_usd", sale.getSubtotalUsd());
      }
    }
    return said.json();
  }

  /** Whether the subtotal is what it is where none is said. */
  private static boolean isProduct(Sale sale) {
    if (sale.getSaidInBoth().contains(SUBTOTAL)) {
      return false;
    }
    BigDecimal inDong = dong(sale);
    return inDong != null || sale.getSubtotalVnd() != null
        ? same(inDong, sale.getSubtotalVnd())
        : same(dollars(sale), sale.getSubtotalUsd());
  }

  private static @Nullable BigDecimal dong(Sale sale) {
    return product(sale.getQuantity(), sale.getUnitPriceVnd());
  }

  private static @Nullable BigDecimal dollars(Sale sale) {
    return product(sale.getQuantity(), sale.getUnitPriceUsd());
  }

  private static @Nullable BigDecimal product(@Nullable Integer units, @Nullable BigDecimal price) {
    return units == null ? null : Amounts.product(BigDecimal.valueOf(units), price);
  }

  private static boolean same(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.compareTo(other) == 0;
  }

  @Override
  public String stored() {
    return "order_id, order_number, customer_id, product_id, platform, city, quantity,"
        + " unit_price_usd, total_amount_usd, discount_amount_usd, tax_amount_usd,"
        + " shipping_cost_usd, profit_margin_usd, vietnam_promotion_applied, status,"
        + " order_timestamp, source, time_key, unit_price_vnd, total_amount_vnd, vat_amount_vnd,"
        + " platform_commission, payment_method_local, is_tet_season, is_shopping_festival,"
        + " is_counted, status_group, source_modified_at, said";
  }

  @Override
  public EnrichedSale read(ResultSet row) throws SQLException {
    SaidValues said = SaidValues.of(row);
    SaidValues kept = said == null ? SaidValues.none() : said;
    Sale.Builder sale =
        Sale.builder()
            .setSource(row.getString("source"))
            .setPosition("fact_sales")
            .setStamp(ChangeStamp.polled(StoredStates.modified(row)))
            .setOperation(Operation.UPSERT)
            .setOrderId(row.getString("order_id"))
            .setOrderNumber(row.getString("order_number"))
            .setCustomerId(row.getString("customer_id"))
            .setProductId(row.getString("product_id"))
            .setPlatform(row.getString("platform"))
            .setPlatformSaid(kept.text("platform", row.getString("platform")))
            .setCity(row.getString("city"))
            .setCitySaid(kept.text("city", row.getString("city")))
            .setQuantity((Integer) row.getObject("quantity"))
            .setUnitPriceUsd(row.getBigDecimal("unit_price_usd"))
            .setTotalAmountUsd(row.getBigDecimal("total_amount_usd"))
            .setDiscountAmountUsd(row.getBigDecimal("discount_amount_usd"))
            .setTaxAmountUsd(row.getBigDecimal("tax_amount_usd"))
            .setShippingCostUsd(row.getBigDecimal("shipping_cost_usd"))
            .setProfitMarginUsd(row.getBigDecimal("profit_margin_usd"))
            .setVietnamPromotionApplied((Boolean) row.getObject("vietnam_promotion_applied"))
            .setStatus(row.getString("status"))
            .setPaymentMethod(kept.text("payment_method", row.getString("payment_method_local")))
            .setOrderMicros(MicrosText.get(row, row.findColumn("order_timestamp")));
    if (said == null) {
      return withoutAmounts(asDerived(row, sale.build()), derivation.of(sale.build()));
    }
    return derivation.of(withAmounts(sale, said));
  }

  private static Sale withAmounts(Sale.Builder sale, SaidValues said) {
    sale.setUnitPriceVnd(said.exact("unit_price_vnd"))
        .setTotalAmountVnd(said.exact("total_amount_vnd"))
        .setDiscountAmountVnd(said.exact("discount_amount_vnd"))
        .setTaxAmountVnd(said.exact("tax_amount_vnd"))
        .setShippingCostVnd(said.exact("shipping_cost_vnd"));
    List<String> both = new ArrayList<>();
    for (String amount : AMOUNTS) {
      if (said.has(amount + "_usd")) {
        both.add(amount);
      }
    }
    BigDecimal subtotal = said.exact("subtotal_usd");
    BigDecimal subtotalDong = said.exact("subtotal_vnd");
    if (subtotal != null && subtotalDong != null) {
      both.add(SUBTOTAL);
    }
    sale.setSaidInBoth(both);
    if (subtotal == null && subtotalDong == null) {
      Sale priced = sale.build();
      subtotalDong = dong(priced);
      subtotal = subtotalDong == null ? dollars(priced) : null;
    }
    return sale.setSubtotalUsd(subtotal).setSubtotalVnd(subtotalDong).build();
  }

  /**
   * A line of before there was {@code said}: its amounts stay as they were computed, since nobody
   * knows of what; all else follows the rules.
   */
  static EnrichedSale withoutAmounts(EnrichedSale as, EnrichedSale derived) {
    return derived.toBuilder()
        .setUnitPriceVnd(as.getUnitPriceVnd())
        .setTotalAmountVnd(as.getTotalAmountVnd())
        .setVatAmountVnd(as.getVatAmountVnd())
        .build();
  }

  private static EnrichedSale asDerived(ResultSet row, Sale sale) throws SQLException {
    return EnrichedSale.builder()
        .setSale(sale)
        .setTimeKey(row.getInt("time_key"))
        .setUnitPriceVnd(row.getBigDecimal("unit_price_vnd"))
        .setTotalAmountVnd(row.getBigDecimal("total_amount_vnd"))
        .setVatAmountVnd(row.getBigDecimal("vat_amount_vnd"))
        .build();
  }
}
