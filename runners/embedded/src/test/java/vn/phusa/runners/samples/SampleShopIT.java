package vn.phusa.runners.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

@WithEmbeddedServices
class SampleShopIT {
  private static final Instant UNTIL = Instant.parse("2026-06-30T17:00:00Z");
  private static final String ALL =
      "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM (SELECT * FROM %s) t";

  private final EmbeddedPostgres postgres;

  SampleShopIT(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  @Test
  void fillsTheOperationalTablesOnce() throws Exception {
    try (Connection connection = database("sample_fill")) {
      assertThat(SampleShop.isFilled(connection)).isFalse();
      SampleShop shop = SampleShop.create(7, 500, 5_000, UNTIL);
      long rows = shop.writeTo(connection);
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(SampleShop.isFilled(connection)).isTrue();
      assertThat(number(connection, "SELECT count(*) FROM customers")).isEqualTo(501);
      assertThat(number(connection, "SELECT count(*) FROM products")).isEqualTo(51);
      assertThat(number(connection, "SELECT count(*) FROM orders")).isEqualTo(5_000);
      long payments = number(connection, "SELECT count(*) FROM transactions");
      assertThat(payments).isBetween(2_000L, 5_000L);
      assertThat(rows).isEqualTo(501 + 51 + 5_000 + payments);
      assertThat(number(connection, "SELECT count(*) FROM pg_indexes WHERE tablename = 'orders'"))
          .isEqualTo(2);
      assertThatThrownBy(() -> shop.writeTo(connection)).isInstanceOf(SQLException.class);
      assertThat(number(connection, "SELECT count(*) FROM orders")).isEqualTo(5_000);
    }
  }

  @Test
  void goesOnDayByDayTheSameEverywhere() throws Exception {
    Instant now = UNTIL.plus(1, ChronoUnit.DAYS);
    SampleShop shop = SampleShop.create(7, 500, 5_000, UNTIL);
    try (Connection one = database("sample_one");
        Connection two = database("sample_two")) {
      shop.writeTo(one);
      SampleShop.create(7, 500, 5_000, UNTIL).writeTo(two);
      assertThat(SampleShop.daysApplied(one)).isZero();
      long changed = shop.applyDay(one, 1, now);
      assertThat(changed).isPositive();
      assertThat(shop.applyDay(two, 1, now)).isEqualTo(changed);
      assertThat(shop.applyDay(two, 1, now.plusSeconds(60))).as("applied before").isZero();
      for (String table : new String[] {"customers", "products", "orders", "transactions"}) {
        assertThat(text(one, ALL.formatted(table)))
            .as(table)
            .isEqualTo(text(two, ALL.formatted(table)));
      }
      assertThat(shop.applyDay(one, 2, now.plus(1, ChronoUnit.DAYS))).isPositive();
      assertThat(SampleShop.daysApplied(one)).isEqualTo(2);
    }
  }

  @Test
  void changesALittleOfEverythingInADay() throws Exception {
    Instant now = UNTIL.plus(1, ChronoUnit.DAYS);
    try (Connection connection = database("sample_day")) {
      SampleShop shop = SampleShop.create(11, 3_000, 20_000, UNTIL);
      shop.writeTo(connection);
      shop.applyDay(connection, 1, now);
      String since = " WHERE last_modified = '" + now + "'";
      assertThat(number(connection, "SELECT count(*) FROM customers" + since)).isBetween(15L, 60L);
      assertThat(number(connection, "SELECT count(*) FROM products" + since)).isBetween(1L, 10L);
      assertThat(number(connection, "SELECT count(*) FROM orders" + since)).isGreaterThan(41);
      assertThat(number(connection, "SELECT count(*) FROM orders WHERE order_id LIKE 'O-D1-%'"))
          .isEqualTo(41);
      assertThat(number(connection, "SELECT count(*) FROM orders" + since + " AND quantity < 0"))
          .isPositive();
      assertThat(
              number(
                  connection,
                  "SELECT count(*) FROM orders" + since + " AND order_id NOT LIKE 'O-D1-%'"))
          .as("older orders that moved on")
          .isPositive();
    }
  }

  private Connection database(String name) throws SQLException {
    postgres.createDatabase(name);
    return postgres.connect(name);
  }

  private static long number(Connection connection, String sql) throws SQLException {
    return Long.parseLong(text(connection, sql));
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
