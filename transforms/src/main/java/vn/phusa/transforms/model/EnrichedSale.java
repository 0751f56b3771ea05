package vn.phusa.transforms.model;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An order line with what the Vietnamese business rules add: a row of fact_sales but for its
 * surrogate keys.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class EnrichedSale {

  public abstract Sale getSale();

  /** yyyymmdd of the Vietnamese day; -1 when the time is unknown. */
  public abstract int getTimeKey();

  /** Whole dong, scale 0. */
  public abstract @Nullable BigDecimal getUnitPriceVnd();

  /** Whole dong, scale 0. */
  public abstract @Nullable BigDecimal getTotalAmountVnd();

  /** Whole dong, scale 0. */
  public abstract @Nullable BigDecimal getVatAmountVnd();

  /** US dollars, scale 4. */
  public abstract @Nullable BigDecimal getPlatformCommission();

  public abstract @Nullable String getPaymentMethodLocal();

  /** What the status means by the rules; null where none was reported. */
  public abstract @Nullable String getStatusGroup();

  /** North, Central, South or Unknown; null for a null city. */
  public abstract @Nullable String getRegion();

  /** Null when the time is unknown. */
  public abstract @Nullable Boolean getTetSeason();

  /** Null when the time is unknown. */
  public abstract @Nullable Boolean getShoppingFestival();

  /** Whether its source is the authority for the orders of its platform. */
  public abstract boolean getCounted();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_EnrichedSale.Builder().setCounted(true);
  }

  /** Builds a {@link EnrichedSale}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setSale(Sale sale);

    public abstract Builder setTimeKey(int timeKey);

    public abstract Builder setUnitPriceVnd(@Nullable BigDecimal unitPriceVnd);

    public abstract Builder setTotalAmountVnd(@Nullable BigDecimal totalAmountVnd);

    public abstract Builder setVatAmountVnd(@Nullable BigDecimal vatAmountVnd);

    public abstract Builder setPlatformCommission(@Nullable BigDecimal platformCommission);

    public abstract Builder setPaymentMethodLocal(@Nullable String paymentMethodLocal);

    public abstract Builder setStatusGroup(@Nullable String statusGroup);

    public abstract Builder setRegion(@Nullable String region);

    public abstract Builder setTetSeason(@Nullable Boolean tetSeason);

    public abstract Builder setShoppingFestival(@Nullable Boolean shoppingFestival);

    public abstract Builder setCounted(boolean counted);

    public abstract EnrichedSale build();
  }
}
