package vn.phusa.runners.cli;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A row of the operational database, and what is to become of it.
 *
 * @param number tells rows apart that have one key
 * @param values by column, in PostgreSQL's text form
 * @param reason of the dead letter; null: it is loaded
 */
record HostileRow(Table table, int number, Map<String, String> values, String reason) {

  /** The tables, with a row that nothing is wrong with. */
  enum Table {
    CUSTOMERS(
        "customer_id",
        "dim_customer",
        "cleanse-customers",
        Map.of(
            "full_name", "trần thị b",
            "email", "b@example.com",
            "city", "hn",
            "date_of_birth", "1990-02-03",
            "monthly_spending_usd", "120.50",
            "last_modified", "2024-05-06 07:08:09+00")),
    PRODUCTS(
        "product_id",
        "dim_product",
        "cleanse-products",
        Map.of(
            "name", "Điện thoại",
            "category", "laptops",
            "platform", "tiki",
            "price_usd", "10.00",
            "stock", "3",
            "rating", "4.50",
            "review_count", "2",
            "last_modified", "2024-05-06 07:08:09+00")),
    ORDERS(
        "order_id",
        "fact_sales",
        "cleanse-sales",
        Map.of(
            "platform", "shopee",
            "city", "sg",
            "quantity", "2",
            "unit_price_usd", "10.5",
            "subtotal_usd", "21",
            "total_amount_usd", "21",
            "payment_method", "momo",
            "status", "completed",
            "order_date", "2024-05-05 07:08:09+00",
            "last_modified", "2024-05-06 07:08:09+00")),
    TRANSACTIONS(
        "transaction_id",
        "fact_transactions",
        "cleanse-transactions",
        Map.of(
            "payment_method", "cod",
            "amount_usd", "21",
            "transaction_date", "2024-05-05 07:08:09+00",
            "last_modified", "2024-05-06 07:08:09+00"));

    private final String key;
    private final String target;
    private final String stage;
    private final Map<String, String> good;

    Table(String key, String target, String stage, Map<String, String> good) {
      this.key = key;
      this.target = target;
      this.stage = stage;
      this.good = good;
    }

    String source() {
      return name().toLowerCase(Locale.ROOT);
    }

    String key() {
      return key;
    }

    String target() {
      return target;
    }

    String stage() {
      return stage;
    }

    /** The good row with another key and other values; null ones too. */
    HostileRow row(int number, String reason, Map<String, String> others) {
      Map<String, String> values = new LinkedHashMap<>(good);
      values.put(key, source() + "-" + number);
      values.putAll(others);
      return new HostileRow(this, number, values, reason);
    }
  }

  String key() {
    return values.get(table.key());
  }

  void insert(Connection shop) throws SQLException {
    List<String> columns = List.copyOf(values.keySet());
    // Through the columns' own input functions: what they read is what a row can hold.
    String sql =
        "INSERT INTO %s (%s) SELECT %s FROM jsonb_populate_record(NULL::%s, jsonb_object(?, ?))"
            .formatted(
                table.source(),
                String.join(", ", columns),
                String.join(", ", columns),
                table.source());
    try (PreparedStatement insert = shop.prepareStatement(sql)) {
      insert.setArray(1, shop.createArrayOf("text", columns.toArray()));
      insert.setArray(2, shop.createArrayOf("text", values.values().toArray()));
      insert.executeUpdate();
    }
  }

  /** The source's row in text form, without the column that is not read. */
  static Map<String, String> stored(Connection shop, HostileRow row) throws SQLException {
    String condition =
        row.values.keySet().stream()
            .map(c -> "t.%1$s IS NOT DISTINCT FROM r.%1$s".formatted(c))
            .collect(Collectors.joining(" AND "));
    try (PreparedStatement select =
        shop.prepareStatement(
            "SELECT t.* FROM %1$s t, jsonb_populate_record(NULL::%1$s, jsonb_object(?, ?)) r WHERE %2$s"
                .formatted(row.table.source(), condition))) {
      select.setArray(1, shop.createArrayOf("text", row.values.keySet().toArray()));
      select.setArray(2, shop.createArrayOf("text", row.values.values().toArray()));
      try (ResultSet found = select.executeQuery()) {
        found.next();
        Map<String, String> values = new TreeMap<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          values.put(found.getMetaData().getColumnName(i), found.getString(i));
        }
        values.remove("created_at");
        return values;
      }
    }
  }
}
