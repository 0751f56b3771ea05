package vn.phusa.pipelines.io.warehouse.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.rules.RulesException;

/**
 * Rules that came into force in a warehouse: a row of etl_rules.
 *
 * @param number from 1; the greatest holds
 * @param fingerprint {@link Rules#fingerprint} when they came into force
 * @param isDefault whether they were those built in
 * @param text {@link Rules#text}
 * @param since when they came into force
 */
public record RegisteredRules(
    int number, String fingerprint, boolean isDefault, String text, Instant since) {

  private static final String NEWEST =
      "SELECT number, fingerprint, is_default, text, in_force_at FROM etl_rules"
          + " ORDER BY number DESC LIMIT 1";

  private static final String INSERT =
      "INSERT INTO etl_rules (number, fingerprint, is_default, text) VALUES (?, ?, ?, ?)";

  /**
   * Held by whoever writes by rules, for the transaction, and shared; and alone by whoever puts
   * others into force, so that nobody writes by the old ones after that. "rule" in ASCII.
   */
  private static final int LOCK = 0x72756c65;

  /**
   * The rules themselves: of those that were built in, the ones that are built in now.
   *
   * @throws RulesException where a newer version wrote what this one does not know
   */
  public Rules rules() {
    return isDefault ? Rules.defaults() : Rules.ofText(text);
  }

  /** Those in force; empty where none were registered, in a schema of before there was a table. */
  public static Optional<RegisteredRules> newest(Connection warehouse) throws SQLException {
    try (Statement select = warehouse.createStatement()) {
      try (ResultSet table = select.executeQuery("SELECT to_regclass('etl_rules') IS NOT NULL")) {
        table.next();
        if (!table.getBoolean(1)) {
          return Optional.empty();
        }
      }
      try (ResultSet row = select.executeQuery(NEWEST)) {
        return row.next()
            ? Optional.of(
                new RegisteredRules(
                    row.getInt("number"),
                    row.getString("fingerprint"),
                    row.getBoolean("is_default"),
                    row.getString("text"),
                    row.getObject("in_force_at", OffsetDateTime.class).toInstant()))
            : Optional.empty();
      }
    }
  }

  /**
   * Puts rules into force, where others are or none. Waits for those who write by others.
   *
   * @param warehouse with autocommit off; the caller commits
   * @return those that were in force before, where they were others; empty when nothing changed, or
   *     when there were none
   */
  public static Optional<RegisteredRules> register(Connection warehouse, Rules rules)
      throws SQLException {
    String fingerprint = rules.fingerprint();
    if (areInForce(warehouse, fingerprint)) {
      return Optional.empty();
    }
    execute(warehouse, "SELECT pg_advisory_xact_lock(" + SchemaNumber.lock(LOCK) + ")");
    Optional<RegisteredRules> newest = newest(warehouse);
    if (newest.isPresent() && newest.get().fingerprint.equals(fingerprint)) {
      return Optional.empty();
    }
    try (PreparedStatement insert = warehouse.prepareStatement(INSERT)) {
      insert.setInt(1, newest.map(RegisteredRules::number).orElse(0) + 1);
      insert.setString(2, fingerprint);
      insert.setBoolean(3, rules.equals(Rules.defaults()));
      insert.setString(4, rules.text());
      insert.executeUpdate();
    }
    return newest;
  }

  private static boolean areInForce(Connection warehouse, String fingerprint) throws SQLException {
    return newest(warehouse).filter(n -> n.fingerprint.equals(fingerprint)).isPresent();
  }

  /**
   * Makes sure that a transaction writes by the rules in force, to its end. Where none were
   * registered, any are.
   *
   * @param fingerprint {@link Rules#fingerprint} of those that it writes by
   * @throws OtherRulesException if others came into force
   */
  static void requireInForce(Connection warehouse, String fingerprint) throws SQLException {
    execute(warehouse, "SELECT pg_advisory_xact_lock_shared(" + SchemaNumber.lock(LOCK) + ")");
    try (Statement select = warehouse.createStatement();
        ResultSet row =
            select.executeQuery(
                "SELECT number, fingerprint FROM etl_rules ORDER BY number DESC LIMIT 1")) {
      if (row.next() && !row.getString(2).equals(fingerprint)) {
        throw new OtherRulesException(row.getInt(1));
      }
    }
  }

  private static void execute(Connection warehouse, String sql) throws SQLException {
    try (Statement statement = warehouse.createStatement()) {
      statement.execute(sql);
    }
  }
}
