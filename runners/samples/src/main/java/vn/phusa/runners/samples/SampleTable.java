package vn.phusa.runners.samples;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The tables that the shop fills, with the columns in the order in which rows are written. */
enum SampleTable {
  CUSTOMERS(
      "customers",
      "customer_id, full_name, email, phone, date_of_birth, gender, registration_date, city, state,"
          + " country, postal_code, customer_segment, income_level, monthly_spending_usd,"
          + " preferred_device, preferred_payment_method, shopping_frequency,"
          + " vietnam_region_preference, created_at, last_modified"),
  PRODUCTS(
      "products",
      "product_id, name, category, brand, platform, price_usd, stock, rating, review_count,"
          + " created_at, last_modified"),
  ORDERS(
      "orders",
      "order_id, order_number, customer_id, product_id, platform, city, quantity, unit_price_usd,"
          + " subtotal_usd, discount_amount_usd, tax_amount_usd, shipping_cost_usd,"
          + " total_amount_usd, profit_margin_usd, payment_method, vietnam_promotion_applied,"
          + " status, order_date, created_at, last_modified"),
  TRANSACTIONS(
      "transactions",
      "transaction_id, order_id, payment_method, amount_usd, status, transaction_date, created_at,"
          + " last_modified");

  private static final int CHUNK = 1 << 16;

  private final String table;
  private final String columns;

  SampleTable(String table, String columns) {
    this.table = table;
    this.columns = columns;
  }

  String table() {
    return table;
  }

  /** What writes rows, one after the other. */
  interface Rows {
    /** Writes the next row or few rows; false when there is none left. */
    boolean writeNext(CopyLine line);
  }

  /**
   * Copies rows in; what is in memory at any time is a few of them.
   *
   * @return how many
   */
  long copy(Connection connection, Rows rows) throws SQLException {
    String sql = "COPY " + table + " (" + columns + ") FROM STDIN";
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      CopyLine line = new CopyLine();
      boolean more = true;
      while (more) {
        more = rows.writeNext(line);
        if (line.length() > CHUNK || !more) {
          byte[] bytes = line.take().getBytes(StandardCharsets.UTF_8);
          copy.writeToCopy(bytes, 0, bytes.length);
        }
      }
      return copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }
}
