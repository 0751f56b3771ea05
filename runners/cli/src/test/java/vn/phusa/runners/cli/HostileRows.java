package vn.phusa.runners.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import vn.phusa.runners.cli.HostileRow.Table;

/** Rows as nobody should type them, but somebody will. */
final class HostileRows {
  static final String INJECTION = "'; DROP TABLE fact_sales; --";
  static final String ESCAPES =
      "tab\tnew\nline\rback\\slash \\N \\. \\\n\\.\n{\"a\"} %s $1 ${env:X}";

  /** Nothing that a command writes may hold it. */
  static final String MARKER = "Zq7-secret-Zq7";

  private static final String LATEST = "9999-12-31 16:59:59+00";

  private final List<HostileRow> rows = new ArrayList<>();
  private final Random random = new Random(20_240_506);

  private HostileRows() {}

  static List<HostileRow> all() {
    HostileRows all = new HostileRows();
    for (Table table : Table.values()) {
      all.good(table);
      all.keys(table);
      all.modified(table);
      all.nulls(table);
    }
    all.texts();
    all.foreignKeys();
    all.times();
    all.numbers();
    return all.rows;
  }

  private void loaded(Table table, String... columnsAndValues) {
    add(table, null, columnsAndValues);
  }

  private void rejected(Table table, String reason, String... columnsAndValues) {
    add(table, reason, columnsAndValues);
  }

  private void add(Table table, String reason, String... columnsAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < columnsAndValues.length; i += 2) {
      values.put(columnsAndValues[i], columnsAndValues[i + 1]);
    }
    rows.add(table.row(rows.size(), reason, values));
  }

  private void good(Table table) {
    loaded(table);
    loaded(table);
  }

  private void keys(Table table) {
    loaded(table, table.key(), INJECTION);
    loaded(table, table.key(), ESCAPES);
    for (String key : List.of("\\N", "\\.", "NULL", "{}", "\"", " ", "0", "é\u0301\uD83D\uDE00")) {
      loaded(table, table.key(), key);
    }
    loaded(table, table.key(), randomText(2_000));
    rejected(table, "key_too_long", table.key(), randomText(2_001));
    rejected(table, "key_too_long", table.key(), randomText(10_000));
    rejected(table, "missing_key", table.key(), "");
    rejected(table, "missing_key", table.key(), null, "last_modified", "2024-05-06 01:00:00+00");
    rejected(table, "reserved_key", table.key(), "-1");
  }

  private void modified(Table table) {
    loaded(table, "last_modified", "0001-01-01 00:00:00+00");
    loaded(table, "last_modified", "1969-12-31 23:59:59.999999+00");
    rejected(table, "out_of_range", "last_modified", "0044-03-15 12:00:00+00 BC");
    rejected(table, "out_of_range", "last_modified", "-infinity");
    rejected(table, "modified_in_future", "last_modified", LATEST);
    rejected(table, "modified_in_future", "last_modified", "294276-12-31 23:59:59+00");
    rejected(table, "modified_in_future", "last_modified", "infinity");
  }

  private void nulls(Table table) {
    List<String> nulls = new ArrayList<>();
    for (String column : table.row(0, null, Map.of()).values().keySet()) {
      if (!column.equals(table.key()) && !column.equals("last_modified")) {
        nulls.addAll(Arrays.asList(column, null));
      }
    }
    add(table, null, nulls.toArray(new String[0]));
  }

  private void texts() {
    Map<Table, List<String>> columns =
        Map.of(
            Table.CUSTOMERS,
            List.of(
                "full_name",
                "email",
                "phone",
                "gender",
                "city",
                "state",
                "country",
                "postal_code",
                "customer_segment",
                "income_level",
                "preferred_device",
                "preferred_payment_method",
                "shopping_frequency",
                "vietnam_region_preference"),
            Table.PRODUCTS,
            List.of("name", "category", "brand", "platform"),
            Table.ORDERS,
            List.of("order_number", "platform", "city", "payment_method", "status"),
            Table.TRANSACTIONS,
            List.of("order_id", "payment_method", "status"));
    for (Table table : List.of(Table.values())) {
      List<String> names = columns.get(table);
      for (String text : List.of(INJECTION, ESCAPES, MARKER, "", " \u200B", "\uD83D\uDE00")) {
        loaded(
            table, names.stream().flatMap(c -> List.of(c, text).stream()).toArray(String[]::new));
      }
      for (String column : names) {
        boolean key = column.equals("order_number") || column.equals("order_id");
        add(table, key ? "key_too_long" : null, column, randomText(10_000));
      }
    }
    loaded(Table.CUSTOMERS, "city", "a".repeat(10_000));
    loaded(Table.CUSTOMERS, "phone", "0".repeat(10_000));
    loaded(Table.CUSTOMERS, "phone", "84".repeat(5_000));
  }

  private void foreignKeys() {
    for (String column : List.of("customer_id", "product_id")) {
      for (String key : List.of(INJECTION, ESCAPES, "\\N", "NULL", "", "-1", randomText(2_000))) {
        loaded(Table.ORDERS, column, key);
      }
      rejected(Table.ORDERS, "key_too_long", column, randomText(10_000));
    }
  }

  private void times() {
    loaded(Table.CUSTOMERS, "date_of_birth", "0001-01-01", "registration_date", "9999-12-31");
    loaded(Table.CUSTOMERS, "date_of_birth", "9999-12-31");
    for (String date : List.of("0044-03-15 BC", "infinity", "-infinity", "10000-01-01")) {
      rejected(Table.CUSTOMERS, "out_of_range", "date_of_birth", date, "full_name", MARKER);
    }
    timesOf(Table.ORDERS, "order_date");
    timesOf(Table.TRANSACTIONS, "transaction_date");
  }

  private void timesOf(Table table, String column) {
    loaded(table, column, "2009-01-01 00:00:00+07");
    loaded(table, column, "2032-12-31 23:59:59.999999+07");
    for (String time :
        List.of(
            "0001-01-01 00:00:00+00",
            LATEST,
            "2008-12-31 23:59:59.999999+07",
            "2033-01-01 00:00:00+07")) {
      rejected(table, "out_of_calendar", column, time, "status", MARKER);
    }
    for (String time :
        List.of("0044-03-15 12:00:00+00 BC", "infinity", "-infinity", "294276-12-31 00:00:00+00")) {
      rejected(table, "out_of_range", column, time, "payment_method", MARKER);
    }
  }

  private void numbers() {
    String most = "9999999999.9999";
    for (String column :
        List.of(
            "unit_price_usd",
            "subtotal_usd",
            "discount_amount_usd",
            "tax_amount_usd",
            "shipping_cost_usd",
            "total_amount_usd",
            "profit_margin_usd")) {
      loaded(Table.ORDERS, column, most);
      loaded(Table.ORDERS, column, "-" + most);
      rejected(Table.ORDERS, "not_a_number", column, "NaN", "status", MARKER);
    }
    for (String quantity : List.of("2147483647", "-2147483648", "0")) {
      loaded(Table.ORDERS, "quantity", quantity);
      loaded(Table.PRODUCTS, "stock", quantity, "review_count", quantity);
    }
    rejected(
        Table.ORDERS,
        "out_of_range",
        "quantity",
        "2147483647",
        "unit_price_usd",
        most,
        "subtotal_usd",
        null);
    loaded(Table.TRANSACTIONS, "amount_usd", "-" + most);
    rejected(Table.TRANSACTIONS, "not_a_number", "amount_usd", "NaN");
    String price = "999999999999.99";
    loaded(Table.PRODUCTS, "price_usd", price);
    loaded(Table.PRODUCTS, "price_usd", "-" + price);
    rejected(Table.PRODUCTS, "not_a_number", "price_usd", "NaN", "name", MARKER);
    rejected(Table.PRODUCTS, "not_a_number", "rating", "NaN", "name", MARKER);
    loaded(Table.PRODUCTS, "rating", "-9.99");
    loaded(Table.CUSTOMERS, "monthly_spending_usd", price);
    loaded(Table.CUSTOMERS, "monthly_spending_usd", "-" + price);
    rejected(Table.CUSTOMERS, "not_a_number", "monthly_spending_usd", "NaN", "email", MARKER);
  }

  /** Letters that do not compress, so that an index could not hold them. */
  private String randomText(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) ('!' + random.nextInt('~' - '!')));
    }
    return text.toString();
  }
}
