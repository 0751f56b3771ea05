package vn.phusa.pipelines.io.warehouse.fact;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import vn.phusa.pipelines.io.postgres.copy.MicrosText;
import vn.phusa.transforms.enrichment.RealtimeSales;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.RealtimeSale;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.rules.Rules;

/**
 * What sales events said, kept in fact_sales_realtime: platform and city where the rules know
 * better names. All else that they said stands in the columns.
 */
final class StoredRealtimeSales implements SaidFacts<RealtimeSale> {
  private static final long serialVersionUID = 1L;

  private final SaleDerivation derivation;

  StoredRealtimeSales(Rules rules) {
    this.derivation = new SaleDerivation(rules);
  }

  @Override
  public String write(RealtimeSale sale) {
    return SaidValues.none()
        .differing("platform", sale.getPlatformSaid(), sale.getPlatform())
        .differing("city", sale.getCitySaid(), sale.getCity())
        .json();
  }

  @Override
  public String stored() {
    return "order_id, customer_id, product_id, quantity, unit_price_usd, total_amount_usd,"
        + " platform, payment_method, order_timestamp, city, in_windows, said";
  }

  @Override
  public RealtimeSale read(ResultSet row) throws SQLException {
    SaidValues said = SaidValues.of(row);
    String platform = row.getString("platform");
    long ordered =
        Objects.requireNonNull(
            MicrosText.get(row, row.findColumn("order_timestamp")), "order_timestamp");
    SaidValues kept = said == null ? SaidValues.none() : said;
    EnrichedSale sale =
        derivation.of(
            Sale.builder()
                .setSource("warehouse")
                .setPosition("fact_sales_realtime")
                .setStamp(ChangeStamp.polled(ordered))
                .setOperation(Operation.UPSERT)
                .setOrderId(row.getString("order_id"))
                .setCustomerId(row.getString("customer_id"))
                .setProductId(row.getString("product_id"))
                .setPlatform(platform)
                .setPlatformSaid(kept.text("platform", platform))
                .setCity(row.getString("city"))
                .setCitySaid(kept.text("city", row.getString("city")))
                .setQuantity((Integer) row.getObject("quantity"))
                .setUnitPriceUsd(row.getBigDecimal("unit_price_usd"))
                .setTotalAmountUsd(row.getBigDecimal("total_amount_usd"))
                .setPaymentMethod(row.getString("payment_method"))
                .setOrderMicros(ordered)
                .build());
    return RealtimeSales.rowOf(sale, ordered, !row.getBoolean("in_windows"));
  }
}
