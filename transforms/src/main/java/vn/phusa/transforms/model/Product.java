package vn.phusa.transforms.model;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A product as a source reported it: one state. Fields as in the table dim_product, texts as they
 * came; what rules make of them is up to {@link vn.phusa.transforms.scd.Derivation}.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Product {

  /** The system that reported it. */
  public abstract String getSource();

  /** Where in the source the record stands. */
  public abstract String getPosition();

  public abstract ChangeStamp getStamp();

  public abstract Operation getOperation();

  /** Opaque; of a marketplace "platform:id". */
  public abstract String getProductId();

  /** The columns of dim_product that the record did not carry (not the same as null). */
  public abstract List<String> getAbsent();

  public abstract @Nullable String getName();

  public abstract @Nullable String getCategory();

  public abstract @Nullable String getBrand();

  public abstract @Nullable String getPlatform();

  /** US dollars, scale 4; null also where only dong were said. */
  public abstract @Nullable BigDecimal getPriceUsd();

  /** Dong, exact; null also where only dollars were said. */
  public abstract @Nullable BigDecimal getPriceVnd();

  /** Units. */
  public abstract @Nullable Integer getStock();

  /** As the source says, scale 2; 0 is no rating where there are no reviews. */
  public abstract @Nullable BigDecimal getRating();

  public abstract @Nullable Integer getReviewCount();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Product.Builder();
  }

  /** Builds a {@link Product}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setSource(String source);

    public abstract Builder setPosition(String position);

    public abstract Builder setStamp(ChangeStamp stamp);

    public abstract Builder setOperation(Operation operation);

    public abstract Builder setProductId(String productId);

    public abstract Builder setAbsent(List<String> absent);

    public abstract Builder setName(@Nullable String name);

    public abstract Builder setCategory(@Nullable String category);

    public abstract Builder setBrand(@Nullable String brand);

    public abstract Builder setPlatform(@Nullable String platform);

    public abstract Builder setPriceUsd(@Nullable BigDecimal priceUsd);

    public abstract Builder setPriceVnd(@Nullable BigDecimal priceVnd);

    public abstract Builder setStock(@Nullable Integer stock);

    public abstract Builder setRating(@Nullable BigDecimal rating);

    public abstract Builder setReviewCount(@Nullable Integer reviewCount);

    public abstract Product build();
  }
}
