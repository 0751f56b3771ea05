package vn.phusa.transforms.cleansing;

import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Customer;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;

/**
 * Makes customers of records: numbers, dates and times are read, texts stay as they came. Not safe
 * for several threads.
 */
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

  CustomerCleanser() {
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
    return customer
        .setFullName(in.raw(fullName))
        .setEmail(in.raw(email))
        .setPhone(in.raw(phone))
        .setDateOfBirthEpochDay(in.date(dateOfBirth))
        .setGender(in.raw(gender))
        .setRegistrationDateEpochDay(in.date(registrationDate))
        .setCity(in.raw(city))
        .setState(in.raw(state))
        .setCountry(in.raw(country))
        .setPostalCode(in.raw(postalCode))
        .setCustomerSegment(in.raw(customerSegment))
        .setIncomeLevel(in.raw(incomeLevel))
        .setMonthlySpendingUsd(in.usd(monthlySpending))
        .setPreferredDevice(in.raw(preferredDevice))
        .setPreferredPaymentMethod(in.raw(preferredPaymentMethod))
        .setShoppingFrequency(in.raw(shoppingFrequency))
        .setVietnamRegionPreference(in.raw(regionPreference))
        .setAbsent(in.absent())
        .build();
  }
}
