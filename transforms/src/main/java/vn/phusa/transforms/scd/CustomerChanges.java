package vn.phusa.transforms.scd;

import java.time.LocalDate;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.Customer;

/**
 * What was said of customers as changes of the dimension dim_customer, whose versions {@link
 * History} makes.
 */
public final class CustomerChanges
    extends PTransform<PCollection<Customer>, PCollection<DimensionChange>> {
  private static final long serialVersionUID = 1L;

  private CustomerChanges() {}

  public static CustomerChanges of() {
    return new CustomerChanges();
  }

  @Override
  public PCollection<DimensionChange> expand(PCollection<Customer> customers) {
    return customers.apply("Convert customers", ParDo.of(new CustomerToChangeFn()));
  }

  /** The change that a state of a customer is. */
  public static DimensionChange changeOf(Customer c) {
    Change change =
        new ChangeBuilder(DimensionSpec.CUSTOMER, c.getAbsent())
            .set("full_name", c.getFullName())
            .set("email", c.getEmail())
            .set("phone", c.getPhone())
            .set("phone_valid", null)
            .set("phone_type", null)
            .set("date_of_birth", date(c.getDateOfBirthEpochDay()))
            .set("age", null)
            .set("gender", c.getGender())
            .set("registration_date", date(c.getRegistrationDateEpochDay()))
            .set("city", c.getCity())
            .set("state", c.getState())
            .set("region", null)
            .set("country", c.getCountry())
            .set("postal_code", c.getPostalCode())
            .set("postal_code_valid", null)
            .set("customer_segment", c.getCustomerSegment())
            .set("customer_segment_vietnam", null)
            .set("income_level", c.getIncomeLevel())
            .set("monthly_spending_usd", c.getMonthlySpendingUsd())
            .set("preferred_device", c.getPreferredDevice())
            .set("preferred_payment_method", c.getPreferredPaymentMethod())
            .set("shopping_frequency", c.getShoppingFrequency())
            .set("vietnam_region_preference", c.getVietnamRegionPreference())
            .build(c.getStamp(), c.getOperation());
    return DimensionChange.create(c.getCustomerId(), change, c.getSource(), c.getPosition());
  }

  private static @Nullable LocalDate date(@Nullable Integer epochDay) {
    return epochDay == null ? null : LocalDate.ofEpochDay(epochDay);
  }

  private static final class CustomerToChangeFn extends DoFn<Customer, DimensionChange> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Customer customer, OutputReceiver<DimensionChange> out) {
      out.output(changeOf(customer));
    }
  }
}
