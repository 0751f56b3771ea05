package vn.phusa.pipelines.io.warehouse.fact;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.RecordPayload;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.RealtimeSale;
import vn.phusa.transforms.rules.Rules;

/** The table fact_sales_realtime: one row per order line, as events reported it. */
public final class FactRealtimeSales implements FactTable<RealtimeSale> {
  private static final long serialVersionUID = 1L;

  private static final List<String> COLUMNS =
      List.of(
          "order_id",
          "customer_id",
          "product_id",
          "quantity",
          "unit_price_usd",
          "total_amount_usd",
          "platform",
          "payment_method",
          "order_timestamp",
          "city",
          "region",
          "total_amount_vnd",
          "unit_price_vnd",
          "payment_method_local",
          "is_tet_season",
          "is_shopping_festival",
          "in_windows");

  private final StoredRealtimeSales said;

  /**
   * @param rules what follows from what is stored
   */
  public FactRealtimeSales(Rules rules) {
    said = new StoredRealtimeSales(rules);
  }

  /** The start of the window of a row's order_timestamp, as the view sales_window computes it. */
  public static final String WINDOW_START =
      "date_bin(interval '5 minutes', %s.order_timestamp, timestamptz '1970-01-01 00:00:00+00')";

  @Override
  public String table() {
    return "fact_sales_realtime";
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
    return List.of();
  }

  @Override
  public List<Lookup> lookups() {
    return List.of();
  }

  /** Events are immutable, and none takes another back. */
  @Override
  public boolean keepsDeletes() {
    return false;
  }

  @Override
  public String changedAtColumn() {
    return "processed_timestamp";
  }

  /**
   * An order that the windows count stays in them, wherever it moves; the window that it leaves is
   * remembered, since it has to be shown again even if whoever moved it is gone.
   */
  @Override
  public Map<String, String> merged() {
    String left = String.format(Locale.ROOT, WINDOW_START, "f");
    return Map.of(
        "in_windows",
        "f.in_windows OR t.in_windows",
        "left_windows",
        String.format(
                Locale.ROOT,
                "CASE WHEN %1$s = %2$s THEN f.left_windows",
                left,
                String.format(Locale.ROOT, WINDOW_START, "t"))
            + String.format(
                Locale.ROOT,
                " ELSE array_append(array_remove(f.left_windows, %1$s), %1$s) END",
                left));
  }

  @Override
  public SaidFacts<RealtimeSale> said() {
    return said;
  }

  @Override
  public String key(RealtimeSale sale) {
    return sale.getOrderId();
  }

  @Override
  public ChangeStamp stamp(RealtimeSale sale) {
    return sale.getStamp();
  }

  @Override
  public Operation operation(RealtimeSale sale) {
    return Operation.UPSERT;
  }

  @Override
  public FactRow.Origin origin(RealtimeSale sale) {
    return new FactRow.Origin(
        new String[0], sale.getOrderMicros(), new String[0], sale.getSource(), sale.getPosition());
  }

  @Override
  public void describe(RealtimeSale sale, RowSink row) {
    row.said(sale.getOrderId())
        .said(sale.getCustomerId())
        .said(sale.getProductId())
        .said(sale.getQuantity())
        .said(sale.getUnitPriceUsd())
        .said(sale.getTotalAmountUsd())
        .computed(sale.getPlatform())
        .unstored(sale.getPlatformSaid())
        .said(sale.getPaymentMethod())
        .saidInstant(sale.getOrderMicros())
        .computed(sale.getCity())
        .unstored(sale.getCitySaid())
        .derived(sale.getRegion())
        .derived(sale.getTotalAmountVnd())
        .derived(sale.getUnitPriceVnd())
        .derived(sale.getPaymentMethodLocal())
        .derived(sale.getTetSeason())
        .derived(sale.getShoppingFestival())
        .mark(!sale.getTooLate());
  }

  /**
   * With the names of its event. Its time of modification is when the log took it: whether it comes
   * too late may not depend on how long Kafka has it.
   */
  @Override
  public Payload payload(RealtimeSale sale) {
    return payloadOf(sale);
  }

  /** As {@link #payload}, for a sale that is written and that a window does not count. */
  public static Payload payloadOf(RealtimeSale sale) {
    return RecordPayload.without(List.of())
        .add("order_id", sale.getOrderId())
        .add("customer_id", sale.getCustomerId())
        .add("product_id", sale.getProductId())
        .add("platform", sale.getPlatformSaid())
        .add("city", sale.getCitySaid())
        .add("quantity", sale.getQuantity())
        .add("unit_price_usd", sale.getUnitPriceUsd())
        .add("total_amount_usd", sale.getTotalAmountUsd())
        .add("payment_method", sale.getPaymentMethod())
        .addTime("order_date", sale.getOrderMicros())
        .addTime("last_modified", sale.getStamp().getOrderedMicros())
        .of(Operation.UPSERT, sale.getStamp());
  }
}
