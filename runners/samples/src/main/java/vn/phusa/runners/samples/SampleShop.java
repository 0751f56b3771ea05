package vn.phusa.runners.samples;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A made-up Vietnamese shop: its customers, products, orders and payments from 1 January 2023 on,
 * in the operational database's own tables and with the dirt that such tables have. The same seed,
 * numbers and end give the same rows.
 */
public final class SampleShop {
  private static final Logger LOG = LoggerFactory.getLogger(SampleShop.class);

  private final ShopPlan plan;
  private final SalesCalendar calendar;

  private SampleShop(ShopPlan plan) {
    this.plan = plan;
    this.calendar = new SalesCalendar(plan.until());
  }

  /**
   * Describes a shop; nothing is made yet.
   *
   * @param seed gives other people, goods and orders
   * @param customers how many, at least one; one more row without an id comes besides
   * @param orders how many order lines; there is about one product for a hundred of them
   * @param until the end of the history, after 1 January 2023; no row is modified later
   */
  public static SampleShop create(long seed, long customers, long orders, Instant until) {
    return new SampleShop(ShopPlan.of(seed, customers, orders, until));
  }

  /**
   * Makes the tables where they are absent and fills them, in one transaction.
   *
   * @param connection to the operational database; its autocommit is as before afterwards
   * @return how many rows were written
   * @throws SQLException among others, when the tables have these rows already: see {@link
   *     #isFilled}
   */
  public long writeTo(Connection connection) throws SQLException {
    return SampleTransaction.in(
        connection,
        () -> {
          OperationalSchema.createTables(connection);
          long rows = SampleTable.CUSTOMERS.copy(connection, new CustomerRows(plan, calendar));
          rows += SampleTable.PRODUCTS.copy(connection, new ProductRows(plan, calendar));
          rows += SampleTable.ORDERS.copy(connection, orders());
          rows += SampleTable.TRANSACTIONS.copy(connection, payments());
          OperationalSchema.createIndexes(connection);
          LOG.info("The sample shop has {} rows", rows);
          return rows;
        });
  }

  /** Whether the tables are there with orders in them, whoever wrote them. */
  public static boolean isFilled(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet found = statement.executeQuery("SELECT to_regclass('orders') IS NOT NULL")) {
        found.next();
        if (!found.getBoolean(1)) {
          return false;
        }
      }
      try (ResultSet found = statement.executeQuery("SELECT EXISTS (SELECT FROM orders)")) {
        found.next();
        return found.getBoolean(1);
      }
    }
  }

  /** The number of the last day that {@link #applyDay} applied; 0 for none. */
  public static int daysApplied(Connection connection) throws SQLException {
    return DayOfChanges.last(connection);
  }

  /**
   * What happens in the shop on one more day: about one customer and one product in a hundred
   * change, open orders move on, some come back, and new ones arrive, a few of them late. In one
   * transaction; a day that was applied before changes nothing.
   *
   * @param connection to a database that {@link #writeTo} filled
   * @param day the day's number, from 1 on
   * @param now what last_modified becomes of all that changes
   * @return how many rows were changed or added; 0 for a day that was applied before
   */
  public long applyDay(Connection connection, int day, Instant now) throws SQLException {
    return SampleTransaction.in(
        connection, () -> new DayOfChanges(plan, day, now).apply(connection));
  }

  /**
   * What happens in the shop from a moment on, as events: sales, changed customers, moved stock.
   *
   * @param from when the first happens
   * @param perSecond how many there are in a second
   */
  public SampleEvents events(Instant from, double perSecond) {
    return new SampleEvents(plan, from, perSecond, false);
  }

  private SampleTable.Rows orders() {
    SampleHistory history = new SampleHistory(plan, calendar);
    return line -> {
      if (history.hasNext()) {
        history.next().forEach(order -> order.write(line));
      }
      return history.hasNext();
    };
  }

  private SampleTable.Rows payments() {
    SampleHistory history = new SampleHistory(plan, calendar);
    Payments payments = new Payments(plan, "T", plan.until(), Instant.MIN);
    return line -> {
      if (history.hasNext()) {
        List<OrderLine> basket = history.next();
        payments.write(basket, line);
      }
      return history.hasNext();
    };
  }
}
