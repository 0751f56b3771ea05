package vn.phusa.runners.bench.byhand;

import java.math.BigDecimal;
import vn.phusa.transforms.model.RealtimeSale;

/** A row of fact_sales_realtime in the form that Flink copies and serializes by itself. */
public final class SaleRow {
  public String orderId;
  public String customerId;
  public String productId;
  public Integer quantity;
  public BigDecimal unitPriceUsd;
  public BigDecimal totalAmountUsd;
  public String platform;
  public String paymentMethod;
  public long orderMicros;
  public String city;
  public String region;
  public BigDecimal totalAmountVnd;
  public BigDecimal unitPriceVnd;
  public String paymentMethodLocal;
  public Boolean tetSeason;
  public Boolean shoppingFestival;
  public boolean tooLate;
  public long processedMicros;
  public long recordedMicros;

  /** For Flink. */
  public SaleRow() {}

  SaleRow(RealtimeSale sale) {
    this.orderId = sale.getOrderId();
    this.customerId = sale.getCustomerId();
    this.productId = sale.getProductId();
    this.quantity = sale.getQuantity();
    this.unitPriceUsd = sale.getUnitPriceUsd();
    this.totalAmountUsd = sale.getTotalAmountUsd();
    this.platform = sale.getPlatform();
    this.paymentMethod = sale.getPaymentMethod();
    this.orderMicros = sale.getOrderMicros();
    this.city = sale.getCity();
    this.region = sale.getRegion();
    this.totalAmountVnd = sale.getTotalAmountVnd();
    this.unitPriceVnd = sale.getUnitPriceVnd();
    this.paymentMethodLocal = sale.getPaymentMethodLocal();
    this.tetSeason = sale.getTetSeason();
    this.shoppingFestival = sale.getShoppingFestival();
    this.tooLate = sale.getTooLate();
    Long processed = sale.getProcessedMicros();
    this.processedMicros = processed == null ? 0 : processed;
    this.recordedMicros = sale.getStamp().getOrderedMicros();
  }
}
