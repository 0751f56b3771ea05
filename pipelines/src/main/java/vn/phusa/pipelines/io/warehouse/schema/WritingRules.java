package vn.phusa.pipelines.io.warehouse.schema;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import vn.phusa.transforms.rules.Rules;

/** The rules that somebody writes by, who must not go on when others came into force. */
public final class WritingRules implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String fingerprint;

  public WritingRules(Rules rules) {
    this.fingerprint = rules.fingerprint();
  }

  /**
   * Makes sure that a transaction writes by the rules in force, to its end. Where none were
   * registered, any are.
   *
   * @param warehouse with autocommit off
   * @throws OtherRulesException if others came into force
   */
  public void require(Connection warehouse) throws SQLException {
    RegisteredRules.requireInForce(warehouse, fingerprint);
  }
}
