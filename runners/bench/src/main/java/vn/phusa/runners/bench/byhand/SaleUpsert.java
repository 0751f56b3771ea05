package vn.phusa.runners.bench.byhand;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;

/** How a row goes into the table: the newer of two events about one order stands. */
final class SaleUpsert implements JdbcStatementBuilder<SaleRow> {
  private static final long serialVersionUID = 1L;

  /** One row; the driver makes one statement of many. */
  static final String SQL =
      """
      INSERT INTO fact_sales_realtime (order_id, customer_id, product_id, quantity, unit_price_usd,
        total_amount_usd, platform, payment_method, order_timestamp, city, region, total_amount_vnd,
        unit_price_vnd, payment_method_local, is_tet_season, is_shopping_festival, in_windows,
        processed_timestamp, change_ordered_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (order_id) DO UPDATE SET
        customer_id = EXCLUDED.customer_id, product_id = EXCLUDED.product_id,
        quantity = EXCLUDED.quantity, unit_price_usd = EXCLUDED.unit_price_usd,
        total_amount_usd = EXCLUDED.total_amount_usd, platform = EXCLUDED.platform,
        payment_method = EXCLUDED.payment_method, order_timestamp = EXCLUDED.order_timestamp,
        city = EXCLUDED.city, region = EXCLUDED.region,
        total_amount_vnd = EXCLUDED.total_amount_vnd, unit_price_vnd = EXCLUDED.unit_price_vnd,
        payment_method_local = EXCLUDED.payment_method_local,
        is_tet_season = EXCLUDED.is_tet_season,
        is_shopping_festival = EXCLUDED.is_shopping_festival, in_windows = EXCLUDED.in_windows,
        processed_timestamp = EXCLUDED.processed_timestamp,
        change_ordered_at = EXCLUDED.change_ordered_at
      WHERE fact_sales_realtime.change_ordered_at < EXCLUDED.change_ordered_at
      """;

  @Override
  public void accept(PreparedStatement to, SaleRow row) throws SQLException {
    to.setString(1, row.orderId);
    to.setString(2, row.customerId);
    to.setString(3, row.productId);
    to.setObject(4, row.quantity, Types.INTEGER);
    to.setBigDecimal(5, row.unitPriceUsd);
    to.setBigDecimal(6, row.totalAmountUsd);
    to.setString(7, row.platform);
    to.setString(8, row.paymentMethod);
    to.setObject(9, time(row.orderMicros));
    to.setString(10, row.city);
    to.setString(11, row.region);
    to.setBigDecimal(12, row.totalAmountVnd);
    to.setBigDecimal(13, row.unitPriceVnd);
    to.setString(14, row.paymentMethodLocal);
    to.setObject(15, row.tetSeason, Types.BOOLEAN);
    to.setObject(16, row.shoppingFestival, Types.BOOLEAN);
    to.setBoolean(17, !row.tooLate);
    to.setObject(18, time(row.processedMicros));
    to.setObject(19, time(row.recordedMicros));
  }

  private static OffsetDateTime time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
