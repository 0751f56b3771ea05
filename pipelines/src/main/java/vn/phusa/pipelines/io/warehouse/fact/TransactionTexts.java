package vn.phusa.pipelines.io.warehouse.fact;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import vn.phusa.pipelines.io.postgres.copy.MicrosText;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.Transaction;

/** The texts of a payment. */
final class TransactionTexts implements OptionalColumns<Transaction> {
  private static final long serialVersionUID = 1L;

  @Override
  public List<String> absent(Transaction transaction) {
    return transaction.getAbsent();
  }

  @Override
  public Transaction filled(Transaction transaction, Transaction from, Set<String> columns) {
    Transaction.Builder filled = transaction.toBuilder();
    for (String column : columns) {
      switch (column) {
        case "order_id" -> filled.setOrderId(from.getOrderId());
        case "payment_method" ->
            filled
                .setPaymentMethod(from.getPaymentMethod())
                .setPaymentMethodLocal(from.getPaymentMethodLocal());
        case "status" -> filled.setStatus(from.getStatus());
        default -> throw new IllegalArgumentException("no optional column " + column);
      }
    }
    return filled.build();
  }

  @Override
  public String stored() {
    return "transaction_id, order_id, amount_usd, status, transaction_date, source,"
        + " payment_method_local, time_key, amount_vnd, source_modified_at";
  }

  @Override
  public Transaction read(ResultSet row) throws SQLException {
    long modified = StoredStates.modified(row);
    return Transaction.builder()
        .setSource(row.getString("source"))
        .setPosition("fact_transactions")
        .setStamp(ChangeStamp.polled(modified))
        .setOperation(Operation.UPSERT)
        .setTransactionId(row.getString("transaction_id"))
        .setOrderId(row.getString("order_id"))
        .setAmountUsd(row.getBigDecimal("amount_usd"))
        .setStatus(row.getString("status"))
        .setTransactionMicros(MicrosText.get(row, row.findColumn("transaction_date")))
        // The raw name is not stored; the local name of a local name is itself.
        .setPaymentMethod(row.getString("payment_method_local"))
        .setPaymentMethodLocal(row.getString("payment_method_local"))
        .setTimeKey(row.getInt("time_key"))
        .setAmountVnd(row.getBigDecimal("amount_vnd"))
        .build();
  }
}
