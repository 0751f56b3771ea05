package vn.phusa.transforms.cleansing;

import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.Transaction;
import vn.phusa.transforms.money.Amounts;
import vn.phusa.transforms.money.BusinessDay;
import vn.phusa.transforms.rules.KnownNames;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.rules.VietnameseCalendar;

/** What the rules make of a payment: its day, its method's local name and its amount in dong. */
public final class TransactionDeriver {

  private final Rules rules;
  private final VietnameseCalendar calendar;
  private final KnownNames paymentMethods;

  public TransactionDeriver(Rules rules) {
    this.rules = rules;
    this.calendar = VietnameseCalendar.of(rules);
    this.paymentMethods = KnownNames.of(rules.paymentMethods());
  }

  /**
   * The payment with what the rules say of it, whatever was said before.
   *
   * @throws RejectedException for a day outside of the calendar, or an amount that does not fit
   */
  public Transaction derive(Transaction transaction) throws RejectedException {
    Integer day = BusinessDay.of(transaction.getTransactionMicros(), calendar, "transaction_date");
    return transaction.toBuilder()
        .setTimeKey(BusinessDay.timeKey(day, calendar))
        .setPaymentMethodLocal(paymentMethods.orSame(transaction.getPaymentMethod()))
        .setAmountVnd(
            Amounts.vnd(
                Amounts.product(transaction.getAmountUsd(), rules.exchangeRate().on(day)),
                "amount_vnd"))
        .build();
  }
}
