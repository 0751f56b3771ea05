package vn.phusa.runners.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import vn.phusa.runners.samples.OperationalSchema;

/** A large operational database, made by the server itself so that making it takes no time. */
final class BenchShop {
  private final Connection connection;

  BenchShop(Connection connection) {
    this.connection = connection;
  }

  /** Creates the tables, their indexes included, and fills them. */
  void create(long customers, long sales) throws SQLException {
    OperationalSchema.createTables(connection);
    OperationalSchema.createIndexes(connection);
    execute(
        String.format(
            Locale.ROOT,
            """
        INSERT INTO customers SELECT 'C' || lpad(i::text, 8, '0'),
          (array['nguyễn văn ', 'TRẦN THỊ ', 'Lê Hoàng ', 'phạm minh '])[1 + i %% 4]
            || chr(65 + (i %% 26)::int) || i %% 977,
          'u' || i || '@Mail.vn', '09' || lpad((i * 7919 %% 100000000)::text, 8, '0'),
          date '1960-01-01' + (i %% 16000)::int, (array['M', 'F'])[1 + i %% 2],
          date '2023-01-01' + (i %% 900)::int,
          (array['tp hcm', 'HN', 'da nang', 'Hai Phong', 'Cần Thơ', 'sài gòn', 'Huế', 'Nha Trang',
            'tỉnh Đồng Nai', 'Paris'])[1 + i %% 10],
          NULL, 'Vietnam', lpad((i %% 900000)::text, 6, '1'),
          (array['Regular', 'VIP', 'New'])[1 + i %% 3],
          (array['low', 'trung bình', 'cao'])[1 + i %% 3], (i %% 90000) / 100.0,
          'mobile', 'momo', 'weekly', 'South', now(),
          timestamptz '2025-01-01' + i * interval '10 seconds'
        FROM generate_series(1, %d::bigint) AS i
        """,
            customers));
    execute(
        String.format(
            Locale.ROOT,
            """
        INSERT INTO products SELECT 'P' || lpad(i::text, 7, '0'), 'Điện thoại  số ' || i,
          (array['mobile_phones', 'laptops', 'fashion'])[1 + i %% 3], 'brand ' || i %% 100,
          (array['Shopee', 'lazada', 'TIKI'])[1 + i %% 3], (i %% 90000) / 100.0, (i %% 500)::int,
          (i %% 500) / 100.0, (i %% 900)::int, now(),
          timestamptz '2025-01-01' + i * interval '10 seconds'
        FROM generate_series(1, %d::bigint) AS i
        """,
            Math.max(1, customers / 10)));
    execute(
        String.format(
            Locale.ROOT,
            """
        INSERT INTO orders SELECT 'O' || lpad(i::text, 10, '0'), 'N' || i / 3,
          'C' || lpad((1 + i * 7919 %% %1$d)::text, 8, '0'),
          'P' || lpad((1 + i * 104729 %% %2$d)::text, 7, '0'),
          (array['Shopee', 'Lazada', 'Tiki', 'Sendo', 'FPTShop', 'CellphoneS'])[1 + i %% 6],
          (array['tp hcm', 'HN', 'da nang', 'Hai Phong', 'Cần Thơ', 'sài gòn', 'Huế', 'Nha Trang',
            'tỉnh Đồng Nai', 'Paris'])[1 + i %% 10],
          (1 + i %% 5)::int, (i %% 9000) / 100.0, (i %% 9000) / 100.0 * (1 + i %% 5), 0,
          (i %% 9000) / 1000.0, 1, (i %% 9000) / 100.0 * (1 + i %% 5) * 1.1, 2,
          (array['momo', 'ZaloPay', 'vnpay', 'cod', 'VISA'])[1 + i %% 5], i %% 7 = 0,
          (array['completed', 'cancelled', 'shipped'])[1 + i %% 3],
          timestamptz '2025-01-01' + i %% 600000 * interval '60 seconds', now(),
          timestamptz '2025-01-01' + i * interval '9 seconds'
        FROM generate_series(1, %3$d::bigint) AS i
        """,
            customers,
            Math.max(1, customers / 10),
            sales));
    execute("VACUUM ANALYZE");
  }

  /** One of a hundred customers and orders changes. */
  void change() throws SQLException {
    execute(
        "UPDATE customers SET city = 'Hải Phòng', monthly_spending_usd = monthly_spending_usd + 1,"
            + " last_modified = clock_timestamp()"
            + " WHERE hashtext(customer_id) % 100 = 0");
    execute(
        "UPDATE orders SET status = 'returned', quantity = -quantity,"
            + " last_modified = clock_timestamp() WHERE hashtext(order_id) % 100 = 0");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
