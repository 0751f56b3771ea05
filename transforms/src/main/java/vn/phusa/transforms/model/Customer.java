package vn.phusa.transforms.model;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A customer, cleansed: one state that a source reported. Fields as in the table dim_customer. */
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

  /** Whether the phone has a valid form; false for a null phone, null where the phone is absent. */
  public abstract @Nullable Boolean getPhoneValid();

  /** By the numbering plan: MOBILE, FIXED_LINE, ...; null where no such number can exist. */
  public abstract @Nullable String getPhoneType();

  /** Days since 1970-01-01. */
  public abstract @Nullable Integer getDateOfBirthEpochDay();

  /** Full years at the Vietnamese day of the change; null where the birth is unknown or later. */
  public abstract @Nullable Integer getAge();

  public abstract @Nullable String getGender();

  /** Days since 1970-01-01. */
  public abstract @Nullable Integer getRegistrationDateEpochDay();

  /** The standard name. */
  public abstract @Nullable String getCity();

  public abstract @Nullable String getState();

  public abstract @Nullable String getRegion();

  public abstract @Nullable String getCountry();

  public abstract @Nullable String getPostalCode();

  public abstract @Nullable Boolean getPostalCodeValid();

  public abstract @Nullable String getCustomerSegment();

  /** Premium, High_Value or Regular by monthly spending. */
  public abstract @Nullable String getCustomerSegmentVietnam();

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

    public abstract Builder setPhoneValid(@Nullable Boolean phoneValid);

    public abstract Builder setPhoneType(@Nullable String phoneType);

    public abstract Builder setDateOfBirthEpochDay(@Nullable Integer dateOfBirthEpochDay);

    public abstract Builder setAge(@Nullable Integer age);

    public abstract Builder setGender(@Nullable String gender);

    public abstract Builder setRegistrationDateEpochDay(@Nullable Integer registrationDateEpochDay);

    public abstract Builder setCity(@Nullable String city);

    public abstract Builder setState(@Nullable String state);

    public abstract Builder setRegion(@Nullable String region);

    public abstract Builder setCountry(@Nullable String country);

    public abstract Builder setPostalCode(@Nullable String postalCode);

    public abstract Builder setPostalCodeValid(@Nullable Boolean postalCodeValid);

    public abstract Builder setCustomerSegment(@Nullable String customerSegment);

    public abstract Builder setCustomerSegmentVietnam(@Nullable String customerSegmentVietnam);

    public abstract Builder setIncomeLevel(@Nullable String incomeLevel);

    public abstract Builder setMonthlySpendingUsd(@Nullable BigDecimal monthlySpendingUsd);

    public abstract Builder setPreferredDevice(@Nullable String preferredDevice);

    public abstract Builder setPreferredPaymentMethod(@Nullable String preferredPaymentMethod);

    public abstract Builder setShoppingFrequency(@Nullable String shoppingFrequency);

    public abstract Builder setVietnamRegionPreference(@Nullable String vietnamRegionPreference);

    public abstract Customer build();
  }
}
