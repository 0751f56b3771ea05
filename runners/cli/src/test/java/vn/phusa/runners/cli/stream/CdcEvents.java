package vn.phusa.runners.cli.stream;

import vn.phusa.runners.cli.StreamWorld;

/** A few changes of each operational table, as change capture reports them, some of them dirt. */
final class CdcEvents {
  private static final String CHANGE =
      "{\"table\": \"%s\", \"operation\": \"%s\", \"lsn\": \"%016X\", \"index\": 0,"
          + " \"timestamp\": \"2025-03-01T02:15:%02dZ\", \"key\": {%s}, \"data\": %s,"
          + " \"before\": null, \"unchanged\": %s}";

  /** The end of a row. */
  private static final String MODIFIED = ", \"last_modified\": \"2025-03-01T02:14:59.998877Z\"}";

  private static final String ORDER =
      "{\"order_id\": \"O1\", \"customer_id\": \"K1\", \"product_id\": \"P1\","
          + " \"platform\": \"Tiki\", \"quantity\": 2, \"unit_price_usd\": 12.5%s,"
          + " \"order_date\": \"2025-03-01T03:00:00Z\""
          + MODIFIED;

  private CdcEvents() {}

  /**
   * Sends them.
   *
   * @param moved a product of which stock is moved, too
   */
  static void send(StreamWorld world, String moved) {
    sendMembers(world, moved);
    sendOrders(world);
    sendTransaction(world);
    sendDirt(world);
  }

  private static void sendMembers(StreamWorld world, String moved) {
    world.sendText(
        "cdc_customers",
        "K1",
        insert(
            "customers",
            1,
            "\"customer_id\": \"K1\"",
            "{\"customer_id\": \"K1\", \"full_name\": \"nguyễn văn an\", \"city\": \"sài gòn\""));
    world.sendText(
        "cdc_products",
        "P1",
        insert(
            "products",
            2,
            "\"product_id\": \"P1\"",
            "{\"product_id\": \"P1\", \"name\": \"Áo dài\", \"price_usd\": 12.50"));
    world.sendText(
        "cdc_products",
        moved,
        insert(
            "products",
            7,
            "\"product_id\": \"%s\"".formatted(moved),
            "{\"product_id\": \"%s\", \"name\": \"Áo lụa\"".formatted(moved)));
  }

  private static void sendOrders(StreamWorld world) {
    String all = ORDER.formatted(", \"status\": \"paid\", \"city\": \"Hà Nội\"");
    world.sendText("cdc_orders", "O1", change("INSERT", 3, "O1", all, "[]"));
    // The long text that did not change is not carried, and is taken from what is stored.
    String part = ORDER.formatted(", \"status\": \"shipped\"");
    world.sendText("cdc_orders", "O1", change("UPDATE", 4, "O1", part, "[\"city\"]"));
  }

  private static void sendTransaction(StreamWorld world) {
    world.sendText(
        "cdc_transactions",
        "T1",
        insert(
            "transactions",
            5,
            "\"transaction_id\": \"T1\"",
            "{\"transaction_id\": \"T1\", \"order_id\": \"O1\", \"amount_usd\": 25.0,"
                + " \"payment_method\": \"momo\", \"transaction_date\": \"2025-03-01T03:00:00Z\""));
  }

  private static void sendDirt(StreamWorld world) {
    // A key that no table can hold, and of which something is to be looked up.
    String unstorable = "O\\u00002";
    world.sendText(
        "cdc_orders",
        "O2",
        change(
            "UPDATE",
            8,
            unstorable,
            "{\"order_id\": \"%s\"".formatted(unstorable) + MODIFIED,
            "[]"));
    world.sendText("cdc_customers", "K2", "{\"no\": \"change\"");
    world.sendText("cdc_orders", "O1", change("TRUNCATE", 6, "O1", "null", "[]"));
  }

  private static String insert(String table, int number, String key, String row) {
    return CHANGE.formatted(table, "INSERT", number, number, key, row + MODIFIED, "[]");
  }

  /** A change of an order. */
  private static String change(
      String operation, int number, String order, String row, String unchanged) {
    String key = "\"order_id\": \"%s\"".formatted(order);
    return CHANGE.formatted("orders", operation, number, number, key, row, unchanged);
  }
}
