package vn.phusa.transforms.cleansing;

import java.math.BigDecimal;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.Transaction;
import vn.phusa.transforms.money.Amounts;
import vn.phusa.transforms.money.BusinessDay;
import vn.phusa.transforms.rules.KnownNames;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.rules.VietnameseCalendar;

/** Cleanses and enriches payments. Not safe for several threads. */
final class TransactionCleanser implements Cleanser<Transaction> {

  private final RecordReader in = new RecordReader();
  private final Column transactionId = in.column("transaction_id");
  private final Column orderId = in.attribute("order_id");
  private final Column paymentMethod = in.attribute("payment_method");
  private final Column amount = in.column("amount_usd");
  private final Column status = in.attribute("status");
  private final Column transactionDate = in.column("transaction_date");
  private final Column lastModified = in.column("last_modified");

  private final Rules rules;
  private final VietnameseCalendar calendar;
  private final KnownNames paymentMethods;

  TransactionCleanser(Rules rules) {
    this.rules = rules;
    this.calendar = VietnameseCalendar.of(rules);
    this.paymentMethods = KnownNames.of(rules.paymentMethods());
  }

  @Override
  public Transaction cleanse(SourceRecord record) throws RejectedException {
    in.open(record);
    Transaction.Builder transaction =
        Transaction.builder()
            .setSource(record.getSource())
            .setPosition(record.getPosition())
            .setOperation(record.getOperation())
            .setTransactionId(in.key(transactionId))
            .setStamp(in.stamp(lastModified))
            .setTimeKey(VietnameseCalendar.UNKNOWN_TIME_KEY);
    if (record.getOperation() == Operation.DELETE) {
      return transaction.build();
    }
    in.checkCharacters();
    Long time = in.time(transactionDate);
    Integer day = BusinessDay.of(time, calendar, transactionDate.name());
    BigDecimal usd = in.usd(amount);
    String method = in.text(paymentMethod);
    return transaction
        .setOrderId(in.foreignKey(orderId))
        .setTimeKey(BusinessDay.timeKey(day, calendar))
        .setPaymentMethod(method)
        .setPaymentMethodLocal(paymentMethods.orSame(method))
        .setAmountUsd(usd)
        .setAmountVnd(Amounts.vnd(Amounts.product(usd, rules.exchangeRate().on(day)), "amount_vnd"))
        .setStatus(in.text(status))
        .setTransactionMicros(time)
        .setAbsent(in.leftOut())
        .build();
  }
}
