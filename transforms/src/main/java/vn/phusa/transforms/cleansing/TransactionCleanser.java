package vn.phusa.transforms.cleansing;

import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.Transaction;
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

  private final TransactionDeriver deriver;

  TransactionCleanser(Rules rules) {
    this.deriver = new TransactionDeriver(rules);
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
    return deriver.derive(
        transaction
            .setTransactionMicros(in.time(transactionDate))
            .setOrderId(in.foreignKey(orderId))
            .setPaymentMethod(in.text(paymentMethod))
            .setAmountUsd(in.usd(amount))
            .setStatus(in.text(status))
            .setAbsent(in.leftOut())
            .build());
  }
}
