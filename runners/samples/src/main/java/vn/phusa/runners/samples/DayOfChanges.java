package vn.phusa.runners.samples;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** One day's changes of a shop that is there. */
final class DayOfChanges {
  private static final double CHANGED = 0.01;
  private static final int BATCH = 1_000;

  private final ShopPlan plan;
  private final int day;
  private final Instant now;

  DayOfChanges(ShopPlan plan, int day, Instant now) {
    this.plan = plan;
    this.day = day;
    this.now = now;
  }

  static int last(Connection connection) throws SQLException {
    String sql =
        "SELECT coalesce(max(substring(order_id FROM '^O-D([0-9]{1,9})-')::int), 0) FROM orders"
            + " WHERE order_id LIKE 'O-D%'";
    try (PreparedStatement find = connection.prepareStatement(sql);
        ResultSet found = find.executeQuery()) {
      found.next();
      return found.getInt(1);
    }
  }

  long apply(Connection connection) throws SQLException {
    if (wasApplied(connection)) {
      return 0;
    }
    long rows = changeCustomers(connection);
    rows += changeProducts(connection);
    rows += moveOrders(connection);
    List<List<OrderLine>> baskets = newBaskets();
    rows += SampleTable.ORDERS.copy(connection, rowsOf(baskets));
    rows += SampleTable.TRANSACTIONS.copy(connection, paymentsOf(baskets));
    return rows;
  }

  /** A day always has at least one new order, and its id says which day. */
  private boolean wasApplied(Connection connection) throws SQLException {
    try (PreparedStatement find =
        connection.prepareStatement("SELECT 1 FROM orders WHERE order_id = ?")) {
      find.setString(1, orderId(1));
      try (ResultSet found = find.executeQuery()) {
        return found.next();
      }
    }
  }

  private long changeCustomers(Connection connection) throws SQLException {
    String sql =
        """
        UPDATE customers SET last_modified = ?, city = coalesce(?, city), email = coalesce(?, email),
          customer_segment = coalesce(?, customer_segment), phone = coalesce(?, phone),
          monthly_spending_usd = coalesce(?, monthly_spending_usd)
        WHERE customer_id = ?""";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      long changed = 0;
      for (long number : picked("customers changed", plan.customers())) {
        SampleRandom random = change("customer", number);
        // One thing at a time: the first three open a version, the other two do not.
        int kind = random.below(5);
        update.setObject(1, now.atOffset(ZoneOffset.UTC));
        update.setString(2, kind == 0 ? TypedCities.city(random) : null);
        update.setString(3, kind == 1 ? "moi" + number + "." + day + "@mail.example" : null);
        update.setString(4, kind == 2 ? random.pick(List.of("VIP", "Wholesale", "Regular")) : null);
        update.setString(5, kind == 3 ? TypedPhones.phone(random) : null);
        update.setBigDecimal(
            6, kind == 4 ? BigDecimal.valueOf(CustomerRows.spending(random), 4) : null);
        update.setString(7, ShopPlan.customerId(number));
        update.addBatch();
        changed++;
        if (changed % BATCH == 0) {
          update.executeBatch();
        }
      }
      update.executeBatch();
      return changed;
    }
  }

  private long changeProducts(Connection connection) throws SQLException {
    String sql =
        """
        UPDATE products SET last_modified = ?,
          price_usd = CASE WHEN ? THEN round(coalesce(price_usd, 10) * ?, 2) ELSE price_usd END,
          stock = CASE WHEN ? THEN ? ELSE stock END,
          name = CASE WHEN ? THEN coalesce(name, '') || ' (mới)' ELSE name END
        WHERE product_id = ?""";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      long changed = 0;
      for (long number : picked("products changed", plan.products())) {
        SampleRandom random = change("product", number);
        int kind = random.below(5);
        update.setObject(1, now.atOffset(ZoneOffset.UTC));
        update.setBoolean(2, kind < 3);
        update.setBigDecimal(3, BigDecimal.valueOf(random.between(80, 115), 2));
        update.setBoolean(4, kind == 3);
        update.setInt(5, random.below(500));
        update.setBoolean(6, kind == 4);
        update.setString(7, ShopPlan.productId(number));
        update.addBatch();
        changed++;
      }
      update.executeBatch();
      return changed;
    }
  }

  /** Open orders move on, all in one statement: which of them, their ids' hash decides. */
  private long moveOrders(Connection connection) throws SQLException {
    String sql =
        """
        UPDATE orders SET last_modified = ?, status = CASE
            WHEN hashtext(order_id || ?) % 20 = 0 THEN 'cancelled'
            WHEN status = 'pending' THEN 'processing'
            WHEN status = 'processing' THEN 'shipped'
            ELSE 'completed' END
        WHERE status IN ('pending', 'processing', 'shipped') AND abs(hashtext(order_id || ?) % 3) = 0""";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setString(2, "cancel" + day);
      update.setString(3, "move" + day);
      return update.executeUpdate();
    }
  }

  private List<List<OrderLine>> newBaskets() {
    long lines = Math.max(10, plan.orders() / 500);
    List<List<OrderLine>> baskets = new ArrayList<>();
    long[] ids = {0};
    for (long number = 1; ids[0] < lines; number++) {
      SampleRandom random = change("basket", number);
      // Most are of the last hours; some come late, from a till that was offline for days.
      long minutes =
          random.orRarely(random.between(0, 20 * 60), 0.05, random.between(1_440, 14_400));
      Instant when = now.minus(minutes, ChronoUnit.MINUTES);
      String basketNumber = "B-D" + day + "-" + number;
      List<OrderLine> basket = new ArrayList<>();
      for (OrderLine line :
          new Basket(plan, random, basketNumber, when, now)
              .lines(() -> orderId(++ids[0]), lines - ids[0])) {
        basket.add(line.seenAt(now));
      }
      baskets.add(basket);
    }
    baskets.add(returns(baskets, ids));
    return baskets;
  }

  /** One basket of this day comes straight back, so that every day has returns. */
  private List<OrderLine> returns(List<List<OrderLine>> baskets, long[] ids) {
    OrderLine first = baskets.get(0).get(0);
    return List.of(first.returned(orderId(++ids[0]), now));
  }

  private static SampleTable.Rows rowsOf(List<List<OrderLine>> baskets) {
    var left = baskets.iterator();
    return line -> {
      left.next().forEach(order -> order.write(line));
      return left.hasNext();
    };
  }

  private SampleTable.Rows paymentsOf(List<List<OrderLine>> baskets) {
    var left = baskets.iterator();
    Payments payments = new Payments(plan, "T-D" + day + "-", now, now);
    return line -> {
      payments.write(left.next(), line);
      return left.hasNext();
    };
  }

  /** About one in a hundred of the numbers from 1 to the last, at least one, in ascending order. */
  private List<Long> picked(String kind, long last) {
    SampleRandom random = change(kind, 0);
    List<Long> picked = new ArrayList<>();
    long step = Math.round(2 / CHANGED);
    for (long number = random.between(1, Math.min(last, step));
        number <= last;
        number += random.between(1, step)) {
      picked.add(number);
    }
    return picked;
  }

  private SampleRandom change(String kind, long number) {
    return SampleRandom.of(plan.seed() + day * 7919L, "change of " + kind, number);
  }

  private String orderId(long number) {
    return ShopPlan.padded("O-D" + day + "-", number, 6);
  }
}
