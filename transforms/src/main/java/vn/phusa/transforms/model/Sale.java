package vn.phusa.transforms.model;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An order line, cleansed and not yet enriched. Amounts are US dollars with scale 4. Where the
 * record says dong, those that further dong are computed from stand beside them, exactly as it
 * says.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Sale {

  /** The system that reported it. */
  public abstract String getSource();

  /** Where in the source the record stands. */
  public abstract String getPosition();

  public abstract ChangeStamp getStamp();

  public abstract Operation getOperation();

  /** Of the line; opaque. */
  public abstract String getOrderId();

  /** Groups the lines of one basket; null: a basket of its own. */
  public abstract @Nullable String getOrderNumber();

  /** Opaque; null when unknown. */
  public abstract @Nullable String getCustomerId();

  /** Opaque; null when unknown. */
  public abstract @Nullable String getProductId();

  /** The standard name where the rules know it. */
  public abstract @Nullable String getPlatform();

  /** The standard name. */
  public abstract @Nullable String getCity();

  /** As the source has it; what the state is known by, whatever the rules make of it. */
  public abstract @Nullable String getPlatformSaid();

  /** As the source has it; what the state is known by, whatever the rules make of it. */
  public abstract @Nullable String getCitySaid();

  /** Units; negative for a return. */
  public abstract @Nullable Integer getQuantity();

  public abstract @Nullable BigDecimal getUnitPriceUsd();

  /** As the source says, else quantity x unit price; null when neither is known. */
  public abstract @Nullable BigDecimal getSubtotalUsd();

  /** Dong, exact; null where the record does not say dong. */
  public abstract @Nullable BigDecimal getUnitPriceVnd();

  /** Dong, exact: as the record says, else quantity x unit price; null where it says no dong. */
  public abstract @Nullable BigDecimal getSubtotalVnd();

  /** Dong, exact; null where the record does not say dong. */
  public abstract @Nullable BigDecimal getTotalAmountVnd();

  public abstract @Nullable BigDecimal getDiscountAmountUsd();

  /** Dong, exact; null where the record does not say dong. */
  public abstract @Nullable BigDecimal getDiscountAmountVnd();

  public abstract @Nullable BigDecimal getTaxAmountUsd();

  /** Dong, exact; null where the record does not say dong. */
  public abstract @Nullable BigDecimal getTaxAmountVnd();

  public abstract @Nullable BigDecimal getShippingCostUsd();

  /** Dong, exact; null where the record does not say dong. */
  public abstract @Nullable BigDecimal getShippingCostVnd();

  public abstract @Nullable BigDecimal getTotalAmountUsd();

  public abstract @Nullable BigDecimal getProfitMarginUsd();

  /** As the source has it, NFC. */
  public abstract @Nullable String getPaymentMethod();

  public abstract @Nullable Boolean getVietnamPromotionApplied();

  public abstract @Nullable String getStatus();

  /** The time of the order, microseconds since 1970-01-01 UTC; null when unknown. */
  public abstract @Nullable Long getOrderMicros();

  /**
   * The texts that a captured change left out because they did not change; they are null here.
   * Names are those of the operational table.
   */
  public abstract List<String> getAbsent();

  /**
   * Amounts that the record says in dong and in dollars, by their names without currency; the
   * dollars of any other that it says in dong are computed.
   */
  public abstract List<String> getSaidInBoth();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Sale.Builder().setAbsent(List.of()).setSaidInBoth(List.of());
  }

  /** Builds a {@link Sale}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setSource(String source);

    public abstract Builder setPosition(String position);

    public abstract Builder setStamp(ChangeStamp stamp);

    public abstract Builder setOperation(Operation operation);

    public abstract Builder setOrderId(String orderId);

    public abstract Builder setOrderNumber(@Nullable String orderNumber);

    public abstract Builder setCustomerId(@Nullable String customerId);

    public abstract Builder setProductId(@Nullable String productId);

    public abstract Builder setPlatform(@Nullable String platform);

    public abstract Builder setCity(@Nullable String city);

    public abstract Builder setPlatformSaid(@Nullable String platformSaid);

    public abstract Builder setCitySaid(@Nullable String citySaid);

    public abstract Builder setQuantity(@Nullable Integer quantity);

    public abstract Builder setUnitPriceUsd(@Nullable BigDecimal unitPriceUsd);

    public abstract Builder setSubtotalUsd(@Nullable BigDecimal subtotalUsd);

    public abstract Builder setUnitPriceVnd(@Nullable BigDecimal unitPriceVnd);

    public abstract Builder setSubtotalVnd(@Nullable BigDecimal subtotalVnd);

    public abstract Builder setTotalAmountVnd(@Nullable BigDecimal totalAmountVnd);

    public abstract Builder setDiscountAmountUsd(@Nullable BigDecimal discountAmountUsd);

    public abstract Builder setDiscountAmountVnd(@Nullable BigDecimal discountAmountVnd);

    public abstract Builder setTaxAmountUsd(@Nullable BigDecimal taxAmountUsd);

    public abstract Builder setTaxAmountVnd(@Nullable BigDecimal taxAmountVnd);

    public abstract Builder setShippingCostUsd(@Nullable BigDecimal shippingCostUsd);

    public abstract Builder setShippingCostVnd(@Nullable BigDecimal shippingCostVnd);

    public abstract Builder setTotalAmountUsd(@Nullable BigDecimal totalAmountUsd);

    public abstract Builder setProfitMarginUsd(@Nullable BigDecimal profitMarginUsd);

    public abstract Builder setPaymentMethod(@Nullable String paymentMethod);

    public abstract Builder setVietnamPromotionApplied(@Nullable Boolean vietnamPromotionApplied);

    public abstract Builder setStatus(@Nullable String status);

    public abstract Builder setOrderMicros(@Nullable Long orderMicros);

    public abstract Builder setAbsent(List<String> absent);

    public abstract Builder setSaidInBoth(List<String> saidInBoth);

    public abstract Sale build();
  }
}
