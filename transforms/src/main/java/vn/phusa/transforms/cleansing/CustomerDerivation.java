package vn.phusa.transforms.cleansing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Period;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.money.Amounts;
import vn.phusa.transforms.rules.Geography;
import vn.phusa.transforms.rules.KnownNames;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.rules.VietnameseCalendar;
import vn.phusa.transforms.scd.Derivation;
import vn.phusa.transforms.scd.DimensionSpec;

/**
 * What rules make of what was said of a customer: cleansed texts, the standard city and its region,
 * what kind of phone number it is, the age at the day of the change, the segment by spending.
 */
public final class CustomerDerivation implements Derivation {
  private static final long serialVersionUID = 1L;
  private static final int NAME = at("full_name");
  private static final int EMAIL = at("email");
  private static final int PHONE = at("phone");
  private static final int PHONE_VALID = at("phone_valid");
  private static final int PHONE_TYPE = at("phone_type");
  private static final int BIRTH = at("date_of_birth");
  private static final int AGE = at("age");
  private static final int CITY = at("city");
  private static final int REGION = at("region");
  private static final int POSTAL_CODE = at("postal_code");
  private static final int POSTAL_CODE_VALID = at("postal_code_valid");
  private static final int INCOME_LEVEL = at("income_level");
  private static final int SPENDING = at("monthly_spending_usd");
  private static final int SEGMENT_VIETNAM = at("customer_segment_vietnam");

  private static final int[] TEXTS = {
    at("gender"),
    at("state"),
    at("country"),
    at("customer_segment"),
    at("preferred_device"),
    at("preferred_payment_method"),
    at("shopping_frequency"),
    at("vietnam_region_preference")
  };

  private static final long DERIVED =
      1L << PHONE_VALID
          | 1L << PHONE_TYPE
          | 1L << AGE
          | 1L << REGION
          | 1L << POSTAL_CODE_VALID
          | 1L << SEGMENT_VIETNAM;

  private final Rules rules;
  private transient @Nullable Known known;

  /** What is made of the rules once; its parts are not safe for several threads. */
  private record Known(
      Geography geography, CityStandardiser cities, PhoneCleanser phones, KnownNames incomes) {}

  public CustomerDerivation(Rules rules) {
    this.rules = rules;
  }

  private static int at(String column) {
    return DimensionSpec.CUSTOMER.indexOf(column);
  }

  @Override
  public long derivedMask() {
    return DERIVED;
  }

  @Override
  public synchronized void derive(@Nullable String[] values, long[] saidAt) {
    Known by = known();
    values[NAME] = TitleCase.of(values[NAME]);
    values[EMAIL] = email(values[EMAIL]);
    for (int text : TEXTS) {
      values[text] = FreeText.nfc(values[text]);
    }
    values[CITY] = by.cities.standardise(values[CITY]);
    values[REGION] = by.geography.region(values[CITY]);
    values[INCOME_LEVEL] = incomeLevel(FreeText.nfc(values[INCOME_LEVEL]), by.incomes);
    setPhone(values, saidAt[PHONE] != NEVER, by.phones);
    setPostalCode(values, saidAt[POSTAL_CODE] != NEVER);
    values[AGE] = age(values[BIRTH], saidAt[BIRTH]);
    values[SEGMENT_VIETNAM] = segment(values[SPENDING], saidAt[SPENDING]);
  }

  private Known known() {
    if (known == null) {
      Geography geography = Geography.of(rules);
      known =
          new Known(
              geography,
              new CityStandardiser(geography),
              new PhoneCleanser(rules.patterns().phone()),
              KnownNames.of(rules.incomeLevels()));
    }
    return known;
  }

  private static void setPhone(@Nullable String[] values, boolean isSaid, PhoneCleanser phones) {
    String number = phones.cleanse(values[PHONE]);
    values[PHONE] = number;
    values[PHONE_VALID] = isSaid ? Boolean.toString(phones.isValid(number)) : null;
    values[PHONE_TYPE] = phones.type(number);
  }

  private void setPostalCode(@Nullable String[] values, boolean isSaid) {
    String code = FreeText.trimmed(values[POSTAL_CODE]);
    values[POSTAL_CODE] = code;
    values[POSTAL_CODE_VALID] =
        isSaid
            ? Boolean.toString(
                code != null && rules.patterns().postalCode().matcher(code).matches())
            : null;
  }

  private @Nullable String segment(@Nullable String spending, long saidAt) {
    if (saidAt == NEVER) {
      return null;
    }
    BigDecimal rate = rules.exchangeRate().on(VietnameseCalendar.epochDay(saidAt));
    return rules
        .customerSegments()
        .of(Amounts.product(spending == null ? null : new BigDecimal(spending), rate));
  }

  /** NFC, trimmed, lower case; null for null and where nothing is left. */
  static @Nullable String email(@Nullable String text) {
    String trimmed = FreeText.trimmed(text);
    return trimmed == null || trimmed.isEmpty()
        ? null
        : FreeText.nfc(trimmed.toLowerCase(Locale.ROOT));
  }

  /** The standard level of a trimmed text in any case; anything else as it was. */
  static @Nullable String incomeLevel(@Nullable String text, KnownNames levels) {
    String level = text == null ? null : levels.find(FreeText.trimmed(text));
    return level == null ? text : level;
  }

  /** Full years at the Vietnamese day of the change; null where the birth is not known or later. */
  private static @Nullable String age(@Nullable String birth, long saidAt) {
    if (birth == null) {
      return null;
    }
    LocalDate born = LocalDate.parse(birth);
    LocalDate day = LocalDate.ofEpochDay(VietnameseCalendar.epochDay(saidAt));
    return born.isAfter(day) ? null : Integer.toString(Period.between(born, day).getYears());
  }
}
