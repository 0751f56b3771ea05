package vn.phusa.pipelines.io.warehouse.fact;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import vn.phusa.transforms.model.Transaction;

/** The texts of a payment; what the rules make of them follows. */
final class TransactionTexts implements OptionalColumns<Transaction> {
  private static final long serialVersionUID = 1L;

  private final TransactionDerivation derivation;

  TransactionTexts(TransactionDerivation derivation) {
    this.derivation = derivation;
  }

  @Override
  public List<String> absent(Transaction transaction) {
    return transaction.getAbsent();
  }

  @Override
  public Transaction filled(
      Transaction transaction, Transaction from, Set<String> columns, boolean ofBefore)
      throws SQLException {
    Transaction.Builder filled = transaction.toBuilder();
    for (String column : columns) {
      switch (column) {
        case "order_id" -> filled.setOrderId(from.getOrderId());
        case "payment_method" -> filled.setPaymentMethod(from.getPaymentMethod());
        case "status" -> filled.setStatus(from.getStatus());
        default -> throw new IllegalArgumentException("no optional column " + column);
      }
    }
    return derivation.of(filled.build());
  }
}
