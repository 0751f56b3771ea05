package vn.phusa.transforms.model;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A movement of stock: a row of fact_inventory but for its surrogate key. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class InventoryMovement {

  /** The system that reported it. */
  public abstract String getSource();

  /** Where in the source the event stands. */
  public abstract String getPosition();

  /** When it happened, and when the log took it. */
  public abstract ChangeStamp getStamp();

  /** Opaque. */
  public abstract String getEventId();

  /** Opaque; null when unknown. */
  public abstract @Nullable String getProductId();

  /** As the source has it, NFC. */
  public abstract @Nullable String getWarehouse();

  /** Units; negative when stock leaves. */
  public abstract @Nullable Integer getQuantityChange();

  /** Units in stock afterwards; null where the source does not say. */
  public abstract @Nullable Integer getStockAfter();

  /** As the source has it, NFC. */
  public abstract @Nullable String getReason();

  /** The time of the movement, microseconds since 1970-01-01 UTC. */
  public long eventMicros() {
    return getStamp().getModifiedMicros();
  }

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_InventoryMovement.Builder();
  }

  /** Builds a {@link InventoryMovement}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setSource(String source);

    public abstract Builder setPosition(String position);

    public abstract Builder setStamp(ChangeStamp stamp);

    public abstract Builder setEventId(String eventId);

    public abstract Builder setProductId(@Nullable String productId);

    public abstract Builder setWarehouse(@Nullable String warehouse);

    public abstract Builder setQuantityChange(@Nullable Integer quantityChange);

    public abstract Builder setStockAfter(@Nullable Integer stockAfter);

    public abstract Builder setReason(@Nullable String reason);

    public abstract InventoryMovement build();
  }
}
