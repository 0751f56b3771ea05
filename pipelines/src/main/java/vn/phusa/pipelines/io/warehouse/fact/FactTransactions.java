package vn.phusa.pipelines.io.warehouse.fact;

import java.util.List;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.RecordPayload;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.Transaction;
import vn.phusa.transforms.rules.Rules;

/** The table fact_transactions: one row per payment. */
public final class FactTransactions implements FactTable<Transaction> {
  private static final long serialVersionUID = 1L;

  private static final List<String> COLUMNS =
      List.of(
          "transaction_id",
          "order_id",
          "amount_usd",
          "status",
          "transaction_date",
          "source",
          "payment_method_local",
          "time_key",
          "amount_vnd",
          "source_modified_at");

  private final TransactionTexts texts;
  private final StoredTransactions said;

  /**
   * @param rules what follows from what is stored, and from a column that another change filled in
   */
  public FactTransactions(Rules rules) {
    TransactionDerivation derivation = new TransactionDerivation(rules);
    texts = new TransactionTexts(derivation);
    said = new StoredTransactions(derivation);
  }

  @Override
  public String table() {
    return "fact_transactions";
  }

  @Override
  public String keyColumn() {
    return "transaction_id";
  }

  @Override
  public List<String> columns() {
    return COLUMNS;
  }

  @Override
  public List<Reference> references() {
    return List.of();
  }

  @Override
  public List<Lookup> lookups() {
    return List.of();
  }

  @Override
  public OptionalColumns<Transaction> optional() {
    return texts;
  }

  @Override
  public SaidFacts<Transaction> said() {
    return said;
  }

  @Override
  public String key(Transaction transaction) {
    return transaction.getTransactionId();
  }

  @Override
  public ChangeStamp stamp(Transaction transaction) {
    return transaction.getStamp();
  }

  @Override
  public Operation operation(Transaction transaction) {
    return transaction.getOperation();
  }

  @Override
  public FactRow.Origin origin(Transaction transaction) {
    return new FactRow.Origin(
        new String[0],
        transaction.getTransactionMicros(),
        new String[0],
        transaction.getSource(),
        transaction.getPosition());
  }

  @Override
  public void describe(Transaction transaction, RowSink row) {
    if (!transaction.getAbsent().isEmpty()) {
      // A null that was said is not the same as nothing said.
      row.unstored(transaction.getAbsent());
    }
    row.said(transaction.getTransactionId())
        .said(transaction.getOrderId())
        .said(transaction.getAmountUsd())
        .said(transaction.getStatus())
        .saidInstant(transaction.getTransactionMicros())
        .said(transaction.getSource())
        .unstored(transaction.getPaymentMethod())
        .derived(transaction.getPaymentMethodLocal())
        .derived(transaction.getTimeKey())
        .derived(transaction.getAmountVnd())
        .markInstant(transaction.getStamp().getModifiedMicros());
  }

  @Override
  public Payload payload(Transaction transaction) {
    return RecordPayload.without(transaction.getAbsent())
        .add("transaction_id", transaction.getTransactionId())
        .add("order_id", transaction.getOrderId())
        .add("payment_method", transaction.getPaymentMethod())
        .add("amount_usd", transaction.getAmountUsd())
        .add("status", transaction.getStatus())
        .addTime("transaction_date", transaction.getTransactionMicros())
        .addTime("last_modified", transaction.getStamp().getModifiedMicros())
        .of(transaction.getOperation(), transaction.getStamp());
  }
}
