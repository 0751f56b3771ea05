package vn.phusa.transforms.model;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A payment, cleansed and enriched: a row of fact_transactions. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Transaction {

  /** The system that reported it. */
  public abstract String getSource();

  /** Where in the source the record stands. */
  public abstract String getPosition();

  public abstract ChangeStamp getStamp();

  public abstract Operation getOperation();

  /** Opaque. */
  public abstract String getTransactionId();

  /** Opaque; null when unknown. */
  public abstract @Nullable String getOrderId();

  /** yyyymmdd of the Vietnamese day; -1 when the time is unknown. */
  public abstract int getTimeKey();

  /** As the source has it, NFC. */
  public abstract @Nullable String getPaymentMethod();

  public abstract @Nullable String getPaymentMethodLocal();

  /** US dollars, scale 4. */
  public abstract @Nullable BigDecimal getAmountUsd();

  /** Whole dong, scale 0. */
  public abstract @Nullable BigDecimal getAmountVnd();

  public abstract @Nullable String getStatus();

  /** Microseconds since 1970-01-01 UTC; null when unknown. */
  public abstract @Nullable Long getTransactionMicros();

  /**
   * The texts that a captured change left out because they did not change; they are null here.
   * Names are those of the operational table.
   */
  public abstract List<String> getAbsent();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Transaction.Builder().setAbsent(List.of());
  }

  /** Builds a {@link Transaction}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setSource(String source);

    public abstract Builder setPosition(String position);

    public abstract Builder setStamp(ChangeStamp stamp);

    public abstract Builder setOperation(Operation operation);

    public abstract Builder setTransactionId(String transactionId);

    public abstract Builder setOrderId(@Nullable String orderId);

    public abstract Builder setTimeKey(int timeKey);

    public abstract Builder setPaymentMethod(@Nullable String paymentMethod);

    public abstract Builder setPaymentMethodLocal(@Nullable String paymentMethodLocal);

    public abstract Builder setAmountUsd(@Nullable BigDecimal amountUsd);

    public abstract Builder setAmountVnd(@Nullable BigDecimal amountVnd);

    public abstract Builder setStatus(@Nullable String status);

    public abstract Builder setTransactionMicros(@Nullable Long transactionMicros);

    public abstract Builder setAbsent(List<String> absent);

    public abstract Transaction build();
  }
}
