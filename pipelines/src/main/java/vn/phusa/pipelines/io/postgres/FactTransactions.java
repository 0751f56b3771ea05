package vn.phusa.pipelines.io.postgres;

import java.util.List;
import vn.phusa.transforms.model.Transaction;

/** The table fact_transactions: one row per payment. */
final class FactTransactions implements FactTable<Transaction> {
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
  public FactRow toRow(Transaction transaction) {
    RowBuilder row =
        new RowBuilder(COLUMNS.size())
            .said(transaction.getTransactionId())
            .said(transaction.getOrderId())
            .said(transaction.getAmountUsd())
            .said(transaction.getStatus())
            .saidInstant(transaction.getTransactionMicros())
            .said(transaction.getSource())
            .derived(transaction.getPaymentMethodLocal())
            .derived(transaction.getTimeKey())
            .derived(transaction.getAmountVnd())
            .mark(MicrosText.of(transaction.getStamp().getModifiedMicros()));
    return new FactRow(
        transaction.getTransactionId(),
        transaction.getOperation(),
        transaction.getStamp(),
        row.contentHash(),
        row.rowHash(),
        row.values(),
        List.of(),
        transaction.getTransactionMicros(),
        List.of(),
        transaction.getSource(),
        transaction.getPosition());
  }
}
