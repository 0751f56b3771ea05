package vn.phusa.transforms.model;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A customer as a source reported it: one state. Fields as in the table dim_customer, texts as they
 * came; what rules make of them is up to {@link vn.phusa.transforms.scd.Derivation}.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Customer {

  /** The system that reported it. */
  public abstract String getSource();

  /** Where in the source the record stands. */
  public abstract String getPosition();

  public abstract ChangeStamp getStamp();

  public abstract Operation getOperation();

  /** Opaque: exactly as the source has it. */
  public abstract String getCustomerId();

  /** The columns of dim_customer that the record did not carry (not the same as null). */
  public abstract List<String> getAbsent();

  public abstract @Nullable String getFullName();

  public abstract @Nullable String getEmail();

  public abstract @Nullable String getPhone();

  /** Days since 1970-01-01. */
  public abstract @Nullable Integer getDateOfBirthEpochDay();

  public abstract @Nullable String getGender();

  /** Days since 1970-01-01. */
  public abstract @Nullable Integer getRegistrationDateEpochDay();

  public abstract @Nullable String getCity();

  public abstract @Nullable String getState();

  public abstract @Nullable String getCountry();

  public abstract @Nullable String getPostalCode();

  public abstract @Nullable String getCustomerSegment();

  public abstract @Nullable String getIncomeLevel();

  /** US dollars, scale 4. */
  public abstract @Nullable BigDecimal getMonthlySpendingUsd();

  public abstract @Nullable String getPreferredDevice();

  public abstract @Nullable String getPreferredPaymentMethod();

  public abstract @Nullable String getShoppingFrequency();

  public abstract @Nullable String getVietnamRegionPreference();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Customer.Builder();
  }

  /** Builds a {@link Customer}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setSource(String source);

    public abstract Builder setPosition(String position);

    public abstract Builder setStamp(ChangeStamp stamp);

    public abstract Builder setOperation(Operation operation);

    public abstract Builder setCustomerId(String customerId);

    public abstract Builder setAbsent(List<String> absent);

    public abstract Builder setFullName(@Nullable String fullName);

    public abstract Builder setEmail(@Nullable String email);

    public abstract Builder setPhone(@Nullable String phone);

    public abstract Builder setDateOfBirthEpochDay(@Nullable Integer dateOfBirthEpochDay);

    public abstract Builder setGender(@Nullable String gender);

    public abstract Builder setRegistrationDateEpochDay(@Nullable Integer registrationDateEpochDay);

    public abstract Builder setCity(@Nullable String city);

    public abstract Builder setState(@Nullable String state);

    public abstract Builder setCountry(@Nullable String country);

    public abstract Builder setPostalCode(@Nullable String postalCode);

    public abstract Builder setCustomerSegment(@Nullable String customerSegment);

    public abstract Builder setIncomeLevel(@Nullable String incomeLevel);

    public abstract Builder setMonthlySpendingUsd(@Nullable BigDecimal monthlySpendingUsd);

    public abstract Builder setPreferredDevice(@Nullable String preferredDevice);

    public abstract Builder setPreferredPaymentMethod(@Nullable String preferredPaymentMethod);

    public abstract Builder setShoppingFrequency(@Nullable String shoppingFrequency);

    public abstract Builder setVietnamRegionPreference(@Nullable String vietnamRegionPreference);

    public abstract Customer build();
  }
}
