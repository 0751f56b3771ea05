package vn.phusa.pipelines.io.warehouse.fact;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.postgres.copy.CopyText;
import vn.phusa.transforms.rules.Rules;

/**
 * Makes anew what rules made of a fact table's rows, from what the rows say that their source said.
 * Page by page in the order of the keys, each in a transaction of its own; a row that is as the
 * rules have it is not written, so what was ended in the middle is begun again and goes on.
 *
 * @param <T> the typed fact
 */
public final class RederivedFacts<T> {
  private static final int PAGE_ROWS = 5_000;
  private static final String OUT_OF_RANGE = "22003";

  private final FactTable<T> table;
  private final SaidFacts<T> said;
  private final FactStatements statements;
  private final List<String> written;
  private final int pageRows;

  RederivedFacts(FactTable<T> table, int pageRows) {
    this.table = table;
    this.said = Objects.requireNonNull(table.said());
    this.statements = new FactStatements(table);
    this.pageRows = pageRows;
    this.written = new ArrayList<>(table.columns());
    table.lookups().forEach(lookup -> written.add(lookup.keyColumn()));
    written.add("row_hash");
    written.add("said");
  }

  /** Every table that has columns made by rules. */
  public static List<RederivedFacts<?>> all(Rules rules) {
    return List.of(
        new RederivedFacts<>(new FactSales(rules), PAGE_ROWS),
        new RederivedFacts<>(new FactTransactions(rules), PAGE_ROWS),
        new RederivedFacts<>(new FactRealtimeSales(rules), PAGE_ROWS));
  }

  /**
   * What became of a page.
   *
   * @param lastKey the page after it begins behind this; null: there is none
   * @param read its rows
   * @param changed rows that the rules make otherwise now
   * @param refused rows that stay as they were, since an amount would not fit its column
   */
  public record Page(@Nullable String lastKey, long read, long changed, long refused) {}

  public String table() {
    return table.table();
  }

  /**
   * Does the rows behind a key.
   *
   * @param connection with autocommit off; the caller commits
   * @param after the last key of the page before; empty for the first
   */
  public Page page(Connection connection, String after) throws SQLException {
    Places places = Places.read(connection, table.lookups());
    List<String> differing = new ArrayList<>();
    String last = null;
    long read = 0;
    long refused = 0;
    try (PreparedStatement select = connection.prepareStatement(select())) {
      select.setString(1, after);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          read++;
          last = row.getString(1);
          try {
            if (places.hash(table.toRow(said.read(row))) != row.getLong(2)) {
              differing.add(last);
            }
          } catch (SQLException e) {
            if (!OUT_OF_RANGE.equals(e.getSQLState())) {
              throw e;
            }
            refused++;
          }
        }
      }
    }
    long changed = differing.isEmpty() ? 0 : write(connection, differing, places);
    return new Page(read < pageRows ? null : last, read, changed, refused);
  }

  private String select() {
    return String.format(
        Locale.ROOT,
        "SELECT %1$s, row_hash, %2$s FROM %3$s WHERE %1$s > ? AND change_ordered_at IS NOT NULL"
            + " ORDER BY %1$s LIMIT %4$d",
        table.keyColumn(),
        said.stored(),
        table.table(),
        pageRows);
  }

  /** Reads the rows again, locked: another writer may have changed them since. */
  private long write(Connection connection, List<String> keys, Places places) throws SQLException {
    Map<String, StoredStates.Stored<T>> locked =
        new TreeMap<>(new StoredStates<>(table).lock(connection, keys));
    CopyText text = new CopyText();
    for (StoredStates.Stored<T> row : locked.values()) {
      FactState<T> state = row.state();
      text.addEncoded(state.row().columns());
      for (int l = 0; l < places.count(); l++) {
        text.add(places.key(state.row(), l));
      }
      text.add(places.hash(state.row()));
      // What is as the rules have it now may not be what was said.
      text.add(state.ofBefore() ? null : said.write(state.fact()));
      text.endRow();
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(statements.createTemporary());
      statement.execute("TRUNCATE " + statements.temporary());
      text.sendTo(
          connection,
          String.format(
              Locale.ROOT,
              "COPY %s (%s) FROM STDIN",
              statements.temporary(),
              String.join(", ", written)));
      return statement.executeUpdate(update());
    }
  }

  private String update() {
    return String.format(
        Locale.ROOT,
        "UPDATE %1$s f SET %2$s, %3$s = now() FROM %4$s t"
            + " WHERE f.%5$s = t.%5$s AND f.row_hash <> t.row_hash",
        table.table(),
        written.stream()
            .filter(column -> !column.equals(table.keyColumn()))
            .map(column -> column + " = t." + column)
            .collect(Collectors.joining(", ")),
        table.changedAtColumn(),
        statements.temporary(),
        table.keyColumn());
  }
}
