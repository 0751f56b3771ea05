package vn.phusa.pipelines.io.warehouse.fact;

import java.io.Serializable;
import java.sql.SQLException;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.cleansing.TransactionDeriver;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.Transaction;
import vn.phusa.transforms.rules.Rules;

/** What the rules of now make of what a payment said. */
final class TransactionDerivation implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String OUT_OF_RANGE = "22003";

  private final Rules rules;
  private transient @Nullable TransactionDeriver deriver;

  TransactionDerivation(Rules rules) {
    this.rules = rules;
  }

  /**
   * The payment by these rules, whatever its values were made by.
   *
   * @throws SQLException with the state 22003 when something is out of its column's range
   */
  Transaction of(Transaction said) throws SQLException {
    if (deriver == null) {
      deriver = new TransactionDeriver(rules);
    }
    try {
      return deriver.derive(said);
    } catch (RejectedException e) {
      throw new SQLException(e.getMessage(), OUT_OF_RANGE, e);
    }
  }
}
