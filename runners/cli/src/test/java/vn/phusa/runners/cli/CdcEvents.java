package vn.phusa.runners.cli;

/** A few changes of each operational table, as change capture tells them, some of them dirt. */
final class CdcEvents {
  private CdcEvents() {}

  /**
   * Sends them.
   *
   * @param moved a product of which stock is moved, too
   */
  static void send(StreamWorld world, String moved) {
    String change =
        "{\"table\": \"%s\", \"operation\": \"%s\", \"lsn\": \"%016X\", \"index\": 0,"
            + " \"timestamp\": \"2025-03-01T02:15:%02dZ\", \"key\": {%s}, \"data\": %s,"
            + " \"before\": null, \"unchanged\": %s}";
    String modified = ", \"last_modified\": \"2025-03-01T02:14:59.998877Z\"}";
    world.sendText(
        "cdc_customers",
        "K1",
        change.formatted(
            "customers",
            "INSERT",
            1,
            1,
            "\"customer_id\": \"K1\"",
            "{\"customer_id\": \"K1\", \"full_name\": \"nguyễn văn an\", \"city\": \"sài gòn\""
                + modified,
            "[]"));
    world.sendText(
        "cdc_products",
        "P1",
        change.formatted(
            "products",
            "INSERT",
            2,
            2,
            "\"product_id\": \"P1\"",
            "{\"product_id\": \"P1\", \"name\": \"Áo dài\", \"price_usd\": 12.50" + modified,
            "[]"));
    world.sendText(
        "cdc_products",
        moved,
        change.formatted(
            "products",
            "INSERT",
            7,
            7,
            "\"product_id\": \"%s\"".formatted(moved),
            "{\"product_id\": \"%s\", \"name\": \"Áo lụa\"".formatted(moved) + modified,
            "[]"));
    String order =
        "{\"order_id\": \"O1\", \"customer_id\": \"K1\", \"product_id\": \"P1\","
            + " \"platform\": \"Tiki\", \"quantity\": 2, \"unit_price_usd\": 12.5%s,"
            + " \"order_date\": \"2025-03-01T03:00:00Z\""
            + modified;
    world.sendText(
        "cdc_orders",
        "O1",
        change.formatted(
            "orders",
            "INSERT",
            3,
            3,
            "\"order_id\": \"O1\"",
            order.formatted(", \"status\": \"paid\", \"city\": \"Hà Nội\""),
            "[]"));
    // The long text that did not change is not carried, and is taken from what is stored.
    world.sendText(
        "cdc_orders",
        "O1",
        change.formatted(
            "orders",
            "UPDATE",
            4,
            4,
            "\"order_id\": \"O1\"",
            order.formatted(", \"status\": \"shipped\""),
            "[\"city\"]"));
    world.sendText(
        "cdc_transactions",
        "T1",
        change.formatted(
            "transactions",
            "INSERT",
            5,
            5,
            "\"transaction_id\": \"T1\"",
            "{\"transaction_id\": \"T1\", \"order_id\": \"O1\", \"amount_usd\": 25.0,"
                + " \"payment_method\": \"momo\", \"transaction_date\": \"2025-03-01T03:00:00Z\""
                + modified,
            "[]"));
    // A key that no table can hold, and of which something is to be looked up.
    world.sendText(
        "cdc_orders",
        "O2",
        change.formatted(
            "orders",
            "UPDATE",
            8,
            8,
            "\"order_id\": \"O\\u00002\"",
            "{\"order_id\": \"O\\u00002\"" + modified,
            "[]"));
    world.sendText("cdc_customers", "K2", "{\"no\": \"change\"");
    world.sendText(
        "cdc_orders",
        "O1",
        change.formatted("orders", "TRUNCATE", 6, 6, "\"order_id\": \"O1\"", "null", "[]"));
  }
}
