package vn.phusa.pipelines.io.warehouse.fact;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Sale;

/** The texts of an order line; what the rules make of them follows. */
final class SaleTexts implements OptionalColumns<EnrichedSale> {
  private static final long serialVersionUID = 1L;

  private final SaleDerivation derivation;

  SaleTexts(SaleDerivation derivation) {
    this.derivation = derivation;
  }

  @Override
  public List<String> absent(EnrichedSale sale) {
    return sale.getSale().getAbsent();
  }

  @Override
  public EnrichedSale filled(
      EnrichedSale sale, EnrichedSale from, Set<String> columns, boolean ofBefore)
      throws SQLException {
    Sale.Builder filled = sale.getSale().toBuilder();
    for (String column : columns) {
      fill(filled, from.getSale(), column);
    }
    EnrichedSale again = derivation.of(filled.build());
    return ofBefore ? StoredSales.withoutAmounts(sale, again) : again;
  }

  private static void fill(Sale.Builder sale, Sale from, String column) {
    switch (column) {
      case "order_number" -> sale.setOrderNumber(from.getOrderNumber());
      case "customer_id" -> sale.setCustomerId(from.getCustomerId());
      case "product_id" -> sale.setProductId(from.getProductId());
      case "platform" -> sale.setPlatformSaid(from.getPlatformSaid());
      case "city" -> sale.setCitySaid(from.getCitySaid());
      case "payment_method" -> sale.setPaymentMethod(from.getPaymentMethod());
      case "status" -> sale.setStatus(from.getStatus());
      default -> throw new IllegalArgumentException("no optional column " + column);
    }
  }
}
