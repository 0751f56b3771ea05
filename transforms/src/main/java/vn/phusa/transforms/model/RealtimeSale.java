package vn.phusa.transforms.model;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A row of fact_sales_realtime: one sale as an event reported it, cleansed and enriched. Amounts in
 * US dollars have scale 4, those in dong scale 0.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class RealtimeSale {

  /** The system that reported it. */
  public abstract String getSource();

  /** Where in the source the event stands. */
  public abstract String getPosition();

  /**
   * Ordered by the time at which the log took the event, which is when the sale became known; of
   * two events about one order the later one stands, at equal times the one with the greater
   * content.
   */
  public abstract ChangeStamp getStamp();

  /** Of the line; opaque. */
  public abstract String getOrderId();

  /** Opaque; null when unknown. */
  public abstract @Nullable String getCustomerId();

  /** Opaque; null when unknown. */
  public abstract @Nullable String getProductId();

  /** Units; negative for a return. */
  public abstract @Nullable Integer getQuantity();

  public abstract @Nullable BigDecimal getUnitPriceUsd();

  public abstract @Nullable BigDecimal getTotalAmountUsd();

  /** The standard name where the rules know it; "Unknown" for none. */
  public abstract String getPlatform();

  /** As the event has it; null also where the row was read from the table. */
  public abstract @Nullable String getPlatformSaid();

  /** As the event has it; null also where the row was read from the table. */
  public abstract @Nullable String getCitySaid();

  /** As the source has it, NFC. */
  public abstract @Nullable String getPaymentMethod();

  /** The time of the order, microseconds since 1970-01-01 UTC. */
  public abstract long getOrderMicros();

  /** The standard name. */
  public abstract @Nullable String getCity();

  /** North, Central, South or Unknown; "Unknown" also for no city. */
  public abstract String getRegion();

  public abstract @Nullable BigDecimal getTotalAmountVnd();

  public abstract @Nullable BigDecimal getUnitPriceVnd();

  public abstract @Nullable String getPaymentMethodLocal();

  public abstract @Nullable Boolean getTetSeason();

  public abstract @Nullable Boolean getShoppingFestival();

  /** Whether the event came too late for its five-minute window. */
  public abstract boolean getTooLate();

  /**
   * When the row last changed in the warehouse, microseconds since 1970-01-01 UTC; null before it
   * was written.
   */
  public abstract @Nullable Long getProcessedMicros();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_RealtimeSale.Builder();
  }

  /** Builds a {@link RealtimeSale}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setSource(String source);

    public abstract Builder setPosition(String position);

    public abstract Builder setStamp(ChangeStamp stamp);

    public abstract Builder setOrderId(String orderId);

    public abstract Builder setCustomerId(@Nullable String customerId);

    public abstract Builder setProductId(@Nullable String productId);

    public abstract Builder setQuantity(@Nullable Integer quantity);

    public abstract Builder setUnitPriceUsd(@Nullable BigDecimal unitPriceUsd);

    public abstract Builder setTotalAmountUsd(@Nullable BigDecimal totalAmountUsd);

    public abstract Builder setPlatform(String platform);

    public abstract Builder setPlatformSaid(@Nullable String platformSaid);

    public abstract Builder setCitySaid(@Nullable String citySaid);

    public abstract Builder setPaymentMethod(@Nullable String paymentMethod);

    public abstract Builder setOrderMicros(long orderMicros);

    public abstract Builder setCity(@Nullable String city);

    public abstract Builder setRegion(String region);

    public abstract Builder setTotalAmountVnd(@Nullable BigDecimal totalAmountVnd);

    public abstract Builder setUnitPriceVnd(@Nullable BigDecimal unitPriceVnd);

    public abstract Builder setPaymentMethodLocal(@Nullable String paymentMethodLocal);

    public abstract Builder setTetSeason(@Nullable Boolean tetSeason);

    public abstract Builder setShoppingFestival(@Nullable Boolean shoppingFestival);

    public abstract Builder setTooLate(boolean tooLate);

    public abstract Builder setProcessedMicros(@Nullable Long processedMicros);

    public abstract RealtimeSale build();
  }
}
