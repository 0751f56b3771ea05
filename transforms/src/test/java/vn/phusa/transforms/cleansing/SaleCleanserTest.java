package vn.phusa.transforms.cleansing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.model.Transaction;
import vn.phusa.transforms.rules.Rules;

class SaleCleanserTest {

  private final SaleCleanser sales = new SaleCleanser(Rules.defaults());
  private final TransactionCleanser transactions = new TransactionCleanser(Rules.defaults());

  private Sale sale(@Nullable String... namesAndValues) throws RejectedException {
    return sales.cleanse(Records.row("order_id", namesAndValues));
  }

  private Transaction transaction(@Nullable String... namesAndValues) throws RejectedException {
    return transactions.cleanse(Records.row("transaction_id", namesAndValues));
  }

  @Test
  void everyFieldArrives() throws RejectedException {
    Sale sale =
        sale(
            "order_number",
            "B1",
            "customer_id",
            "C1",
            "product_id",
            "P1",
            "platform",
            "shopee",
            "city",
            "hn",
            "quantity",
            "2",
            "unit_price_usd",
            "10.5",
            "subtotal_usd",
            "20",
            "discount_amount_usd",
            "1",
            "tax_amount_usd",
            "2",
            "shipping_cost_usd",
            "3",
            "total_amount_usd",
            "24",
            "profit_margin_usd",
            "5",
            "payment_method",
            "momo",
            "vietnam_promotion_applied",
            "t",
            "status",
            "completed",
            "order_date",
            "2025-03-01 09:15:00+07");
    assertThat(sale).isEqualTo(everyField(sale));
  }

  private static Sale everyField(Sale sale) {
    return Sale.builder()
        .setSource("oltp")
        .setPosition("any/K1")
        .setStamp(sale.getStamp())
        .setOperation(sale.getOperation())
        .setOrderId("K1")
        .setOrderNumber("B1")
        .setCustomerId("C1")
        .setProductId("P1")
        .setPlatform("Shopee")
        .setPlatformSaid("shopee")
        .setCity("Hanoi")
        .setCitySaid("hn")
        .setQuantity(2)
        .setUnitPriceUsd(new BigDecimal("10.5000"))
        .setSubtotalUsd(new BigDecimal("20.0000"))
        .setDiscountAmountUsd(new BigDecimal("1.0000"))
        .setTaxAmountUsd(new BigDecimal("2.0000"))
        .setShippingCostUsd(new BigDecimal("3.0000"))
        .setTotalAmountUsd(new BigDecimal("24.0000"))
        .setProfitMarginUsd(new BigDecimal("5.0000"))
        .setPaymentMethod("momo")
        .setVietnamPromotionApplied(true)
        .setStatus("completed")
        .setOrderMicros(1_740_795_300_000_000L)
        .build();
  }

  @Test
  @DisplayName("A sale without a subtotal: quantity × unit price")
  void subtotal() throws RejectedException {
    assertThat(sale("quantity", "3", "unit_price_usd", "1.5").getSubtotalUsd())
        .isEqualTo(new BigDecimal("4.5000"));
    assertThat(sale("quantity", "3", "unit_price_usd", "1.5", "subtotal_usd", "4").getSubtotalUsd())
        .isEqualTo(new BigDecimal("4.0000"));
    assertThat(sale("quantity", "3").getSubtotalUsd()).isNull();
    assertThat(sale("unit_price_usd", "3").getSubtotalUsd()).isNull();
  }

  @Test
  @DisplayName("A negative quantity or amount (a return) is kept, with its sign")
  void returns() throws RejectedException {
    Sale sale = sale("quantity", "-3", "unit_price_usd", "1.5", "total_amount_usd", "-4.95");
    assertThat(sale.getQuantity()).isEqualTo(-3);
    assertThat(sale.getSubtotalUsd()).isEqualTo(new BigDecimal("-4.5000"));
    assertThat(sale.getTotalAmountUsd()).isEqualTo(new BigDecimal("-4.9500"));
  }

  @Test
  void foreignKeysThatPointNowhereAreUnknown() throws RejectedException {
    Sale sale = sale("customer_id", "", "product_id", "-1", "order_number", "");
    assertThat(sale.getCustomerId()).isNull();
    assertThat(sale.getProductId()).isNull();
    assertThat(sale.getOrderNumber()).isNull();
    assertThat(sale("customer_id", " c ").getCustomerId()).isEqualTo(" c ");
  }

  @ParameterizedTest
  @CsvSource({
    "order_date, 2008-12-31 16:59:59+00, out_of_calendar",
    "order_date, 2032-12-31 17:00:00+00, out_of_calendar",
    "order_date, 0001-01-01 00:00:00+00, out_of_calendar",
    "order_date, infinity, out_of_range",
    "order_date, soon, not_a_time",
    "quantity, two, not_a_number",
    "vietnam_promotion_applied, maybe, not_a_boolean",
    "total_amount_usd, 1e400, out_of_range"
  })
  void rejected(String field, String value, String reason) {
    assertThatThrownBy(() -> sale(field, value))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason().word()).isEqualTo(reason))
        .hasMessageContaining(field);
  }

  @Test
  void aForeignKeyOrASubtotalMayBeTooGreat() {
    assertThatThrownBy(() -> sale("customer_id", "x".repeat(2_001)))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason().word()).isEqualTo("key_too_long"));
    assertThatThrownBy(() -> sale("quantity", "2000000000", "unit_price_usd", "99999999999999"))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason().word()).isEqualTo("out_of_range"));
  }

  @Test
  void theFirstAndTheLastDayOfTheCalendarAreAccepted() throws RejectedException {
    assertThat(sale("order_date", "2009-01-01 00:00:00+07").getOrderMicros()).isNotNull();
    assertThat(sale("order_date", "2032-12-31 23:59:59.999999+07").getOrderMicros()).isNotNull();
    assertThat(sale("order_date", null).getOrderMicros()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"t, true", "TRUE, true", "f, false", "False, false", "'', "})
  void booleans(String text, Boolean value) throws RejectedException {
    assertThat(sale("vietnam_promotion_applied", text).getVietnamPromotionApplied())
        .isEqualTo(value);
  }

  @Test
  @DisplayName("fact_transactions: payment_method_local, amount_vnd, time_key")
  void transactionIsEnriched() throws RejectedException {
    Transaction transaction =
        transaction(
            "order_id",
            "O1",
            "payment_method",
            "VNPAY",
            "amount_usd",
            "1.00005",
            "status",
            "ok",
            "transaction_date",
            "2025-03-01 17:00:00+00");
    assertThat(transaction.getTransactionId()).isEqualTo("K1");
    assertThat(transaction.getOrderId()).isEqualTo("O1");
    assertThat(transaction.getPaymentMethodLocal()).isEqualTo("E_Wallet_VNPay");
    assertThat(transaction.getAmountUsd()).isEqualTo(new BigDecimal("1.0001"));
    assertThat(transaction.getAmountVnd()).isEqualTo(new BigDecimal("24002"));
    assertThat(transaction.getTimeKey()).isEqualTo(20250302);
  }

  @Test
  @DisplayName("A null date gives -1; null in, null out")
  void transactionOfNulls() throws RejectedException {
    Transaction transaction = transaction();
    assertThat(transaction.getTimeKey()).isEqualTo(-1);
    assertThat(transaction.getAmountVnd()).isNull();
    assertThat(transaction.getPaymentMethodLocal()).isNull();
    assertThatThrownBy(() -> transaction("transaction_date", "2033-01-01"))
        .isInstanceOfSatisfying(
            RejectedException.class,
            e -> assertThat(e.reason().word()).isEqualTo("out_of_calendar"));
  }
}
