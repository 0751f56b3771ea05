package vn.phusa.pipelines.io.warehouse.fact;

import java.sql.ResultSet;
import java.sql.SQLException;
import vn.phusa.pipelines.io.postgres.copy.MicrosText;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.Transaction;
import vn.phusa.transforms.rules.VietnameseCalendar;

/** What payments said, kept in fact_transactions: their method where it has a local name. */
final class StoredTransactions implements SaidFacts<Transaction> {
  private static final long serialVersionUID = 1L;

  private final TransactionDerivation derivation;

  StoredTransactions(TransactionDerivation derivation) {
    this.derivation = derivation;
  }

  @Override
  public String write(Transaction transaction) {
    return SaidValues.none()
        .differing(
            "payment_method", transaction.getPaymentMethod(), transaction.getPaymentMethodLocal())
        .json();
  }

  @Override
  public String stored() {
    return "transaction_id, order_id, amount_usd, status, transaction_date, source,"
        + " payment_method_local, time_key, amount_vnd, source_modified_at, said";
  }

  @Override
  public Transaction read(ResultSet row) throws SQLException {
    SaidValues said = SaidValues.of(row);
    SaidValues kept = said == null ? SaidValues.none() : said;
    return derivation.of(
        Transaction.builder()
            .setSource(row.getString("source"))
            .setPosition("fact_transactions")
            .setStamp(ChangeStamp.polled(StoredStates.modified(row)))
            .setOperation(Operation.UPSERT)
            .setTransactionId(row.getString("transaction_id"))
            .setOrderId(row.getString("order_id"))
            .setAmountUsd(row.getBigDecimal("amount_usd"))
            .setStatus(row.getString("status"))
            .setTransactionMicros(MicrosText.get(row, row.findColumn("transaction_date")))
            .setPaymentMethod(kept.text("payment_method", row.getString("payment_method_local")))
            .setTimeKey(VietnameseCalendar.UNKNOWN_TIME_KEY)
            .build());
  }
}
