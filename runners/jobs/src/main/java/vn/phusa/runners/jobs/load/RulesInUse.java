package vn.phusa.runners.jobs.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.warehouse.schema.RegisteredRules;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseSchema;
import vn.phusa.runners.jobs.failure.UsageException;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.rules.RulesException;

/** The rules that a command writes a warehouse by, and puts into force there once. */
public final class RulesInUse {
  private static final Logger LOG = LoggerFactory.getLogger(RulesInUse.class);

  private final Rules rules;
  private boolean begun;

  public RulesInUse(Rules rules) {
    this.rules = rules;
  }

  public Rules rules() {
    return rules;
  }

  /**
   * The rules that the warehouse was last written by; those built in where it never was.
   *
   * @throws UsageException if a later version wrote them, and they are not understood
   */
  public static Rules inForce(DatabaseAddress warehouse) throws SQLException {
    try (Connection connection = Postgres.open(warehouse)) {
      return RegisteredRules.newest(connection)
          .map(RegisteredRules::rules)
          .orElseGet(Rules::defaults);
    } catch (RulesException e) {
      throw new UsageException(
          "--rules: those in force (etl_rules) are not understood, give others: " + e.getMessage());
    }
  }

  /**
   * Puts the rules into force. Where others were, says so, and lets days, places and platforms
   * follow if the user may. Does so once: where others came into force since, what is written by
   * these stops.
   */
  public synchronized void putIntoForce(DatabaseAddress warehouse) throws SQLException {
    if (begun) {
      return;
    }
    try (Connection connection = Postgres.open(warehouse)) {
      connection.setAutoCommit(false);
      Optional<RegisteredRules> others = RegisteredRules.register(connection, rules);
      boolean filled =
          others.isEmpty() || WarehouseSchema.fillReferenceDimensions(connection, rules);
      connection.commit();
      begun = true;
      others.ifPresent(
          before ->
              LOG.warn(
                  "the rules are others than those of {} (number {} of etl_rules): what is loaded"
                      + " now follows them, all else with ./phusa rederive{}",
                  before.since(),
                  before.number(),
                  filled ? "" : ", and days, places and platforms with ./phusa migrate --rules"));
    }
  }
}
