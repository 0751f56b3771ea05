package vn.phusa.runners.cli.retail;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * What the operational tables hold at the end of a day.
 *
 * @param day the last day that they know
 */
record RetailTables(
    LocalDate day,
    List<List<String>> customers,
    List<List<String>> products,
    List<List<String>> orders) {

  static final List<String> CUSTOMER_COLUMNS =
      List.of(
          "customer_id",
          "city",
          "email",
          "monthly_spending_usd",
          "registration_date",
          "last_modified",
          "preferred_payment_method");
  static final List<String> PRODUCT_COLUMNS =
      List.of("product_id", "name", "category", "platform", "price_usd", "last_modified");
  static final List<String> ORDER_COLUMNS =
      List.of(
          "order_id",
          "order_number",
          "customer_id",
          "product_id",
          "platform",
          "city",
          "quantity",
          "unit_price_usd",
          "subtotal_usd",
          "discount_amount_usd",
          "tax_amount_usd",
          "shipping_cost_usd",
          "total_amount_usd",
          "profit_margin_usd",
          "payment_method",
          "vietnam_promotion_applied",
          "status",
          "order_date",
          "last_modified");

  /**
   * Makes the operational tables, which hold some day's state or nothing, hold this one. Orders
   * only ever are added, so those that are there already stay.
   */
  void replaceIn(Connection connection) throws SQLException, IOException {
    connection.setAutoCommit(false);
    int known;
    try (Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE customers, products");
      statement.execute(
          "DELETE FROM orders WHERE order_date >= '%s 00:00:00+07'".formatted(day.plusDays(1)));
      try (ResultSet row = statement.executeQuery("SELECT count(*) FROM orders")) {
        row.next();
        known = row.getInt(1);
      }
    }
    copy(connection, "customers", CUSTOMER_COLUMNS, customers);
    copy(connection, "products", PRODUCT_COLUMNS, products);
    copy(connection, "orders", ORDER_COLUMNS, orders.subList(known, orders.size()));
    connection.commit();
  }

  private static void copy(
      Connection connection, String table, List<String> columns, List<List<String>> rows)
      throws SQLException, IOException {
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(
            "COPY %s (%s) FROM STDIN (FORMAT csv, HEADER)"
                .formatted(table, String.join(", ", columns)),
            new StringReader(csv(columns, rows)));
  }

  /** As CSV with a header; an empty text stands for null. */
  static String csv(List<String> columns, List<List<String>> rows) {
    StringBuilder csv = new StringBuilder(String.join(",", columns)).append('\n');
    for (List<String> row : rows) {
      csv.append(row.stream().map(RetailTables::quoted).collect(Collectors.joining(",")))
          .append('\n');
    }
    return csv.toString();
  }

  private static String quoted(String field) {
    return field.contains(",") || field.contains("\"")
        ? '"' + field.replace("\"", "\"\"") + '"'
        : field;
  }
}
