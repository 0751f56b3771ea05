package vn.phusa.transforms.cleansing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Period;
import java.util.Locale;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Customer;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.money.Amounts;
import vn.phusa.transforms.rules.Geography;
import vn.phusa.transforms.rules.KnownNames;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.rules.VietnameseCalendar;

/** Cleanses customers. Not safe for several threads. */
final class CustomerCleanser implements Cleanser<Customer> {

  private final RecordReader in = new RecordReader();
  private final Column customerId = in.column("customer_id");
  private final Column fullName = in.attribute("full_name");
  private final Column email = in.attribute("email");
  private final Column phone = in.attribute("phone");
  private final Column dateOfBirth = in.attribute("date_of_birth");
  private final Column gender = in.attribute("gender");
  private final Column registrationDate = in.attribute("registration_date");
  private final Column city = in.attribute("city");
  private final Column state = in.attribute("state");
  private final Column country = in.attribute("country");
  private final Column postalCode = in.attribute("postal_code");
  private final Column customerSegment = in.attribute("customer_segment");
  private final Column incomeLevel = in.attribute("income_level");
  private final Column monthlySpending = in.attribute("monthly_spending_usd");
  private final Column preferredDevice = in.attribute("preferred_device");
  private final Column preferredPaymentMethod = in.attribute("preferred_payment_method");
  private final Column shoppingFrequency = in.attribute("shopping_frequency");
  private final Column regionPreference = in.attribute("vietnam_region_preference");
  private final Column lastModified = in.column("last_modified");

  private final Rules rules;
  private final Geography geography;
  private final CityStandardiser cities;
  private final PhoneCleanser phones;
  private final KnownNames incomeLevels;
  private final Pattern postalCodes;

  CustomerCleanser(Rules rules) {
    this.rules = rules;
    this.geography = Geography.of(rules);
    this.cities = new CityStandardiser(geography);
    this.phones = new PhoneCleanser(rules.patterns().phone());
    this.incomeLevels = KnownNames.of(rules.incomeLevels());
    this.postalCodes = rules.patterns().postalCode();
    in.derived("phone_valid", phone);
    in.derived("phone_type", phone);
    in.derived("age", dateOfBirth);
    in.derived("region", city);
    in.derived("postal_code_valid", postalCode);
    in.derived("customer_segment_vietnam", monthlySpending);
  }

  @Override
  public Customer cleanse(SourceRecord record) throws RejectedException {
    in.open(record);
    String key = in.key(customerId);
    ChangeStamp stamp = in.stamp(lastModified);
    Customer.Builder customer =
        Customer.builder()
            .setSource(record.getSource())
            .setPosition(record.getPosition())
            .setOperation(record.getOperation())
            .setCustomerId(key)
            .setStamp(stamp);
    if (record.getOperation() == Operation.DELETE) {
      return customer.setAbsent(in.allAttributes()).build();
    }
    in.checkCharacters();
    setPerson(customer, VietnameseCalendar.epochDay(stamp.getModifiedMicros()));
    setContact(customer);
    setPlace(customer);
    setHabits(customer);
    return customer.setAbsent(in.absent()).build();
  }

  private void setPerson(Customer.Builder customer, int day) throws RejectedException {
    Integer birth = in.date(dateOfBirth);
    customer
        .setFullName(TitleCase.of(in.raw(fullName)))
        .setDateOfBirthEpochDay(birth)
        .setAge(age(birth, day))
        .setGender(in.text(gender))
        .setRegistrationDateEpochDay(in.date(registrationDate))
        .setCustomerSegment(in.text(customerSegment))
        .setIncomeLevel(incomeLevel(in.text(incomeLevel), incomeLevels));
    if (in.carries(monthlySpending)) {
      BigDecimal spending = in.usd(monthlySpending);
      customer
          .setMonthlySpendingUsd(spending)
          .setCustomerSegmentVietnam(
              rules.customerSegments().of(Amounts.product(spending, rules.exchangeRate().on(day))));
    }
  }

  private void setContact(Customer.Builder customer) {
    customer.setEmail(email(in.raw(email)));
    if (in.carries(phone)) {
      String number = phones.cleanse(in.raw(phone));
      customer
          .setPhone(number)
          .setPhoneValid(phones.isValid(number))
          .setPhoneType(phones.type(number));
    }
  }

  private void setPlace(Customer.Builder customer) {
    String standardCity = cities.standardise(in.raw(city));
    customer
        .setCity(standardCity)
        .setRegion(geography.region(standardCity))
        .setState(in.text(state))
        .setCountry(in.text(country));
    if (in.carries(postalCode)) {
      String code = FreeText.trimmed(in.raw(postalCode));
      customer
          .setPostalCode(code)
          .setPostalCodeValid(code != null && postalCodes.matcher(code).matches());
    }
  }

  private void setHabits(Customer.Builder customer) {
    customer
        .setPreferredDevice(in.text(preferredDevice))
        .setPreferredPaymentMethod(in.text(preferredPaymentMethod))
        .setShoppingFrequency(in.text(shoppingFrequency))
        .setVietnamRegionPreference(in.text(regionPreference));
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

  /**
   * Full years between a birth and a day.
   *
   * @return null where the birth is not known, or after that day
   */
  static @Nullable Integer age(@Nullable Integer birthEpochDay, int epochDay) {
    return birthEpochDay == null || birthEpochDay > epochDay
        ? null
        : Period.between(LocalDate.ofEpochDay(birthEpochDay), LocalDate.ofEpochDay(epochDay))
            .getYears();
  }
}
