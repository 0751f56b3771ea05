package vn.phusa.transforms.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.TopicRecord;

class JsonDecodersTest {
  private static final long NOW = micros("2025-06-30T12:00:00Z");

  /** The contract's example. */
  private static final String CUSTOMER =
      """
      {"event_id": "e-1", "event_type": "customer.updated", "event_timestamp": "2025-03-01T09:15:00+07:00",
       "customer": {"customer_id": "C0000001", "full_name": "nguyễn  văn AN", "state": null,
         "monthly_spending_usd": 210.50, "postal_code": "700000", "loyalty": {"tier": 1}}}""";

  /** The contract's example. */
  private static final String CHANGE =
      """
      {"table": "customers", "operation": "UPDATE", "lsn": "00000000016B3748", "index": 2, "timestamp": "2025-03-01T02:15:00.123456Z",
       "key": {"customer_id": "C0000001"},
       "data": {"customer_id": "C0000001", "full_name": "nguyễn văn an", "monthly_spending_usd": 210.50, "last_modified": "2025-03-01T02:14:59.998877Z"},
       "before": {"customer_id": "C0000001"}, "unchanged": ["email"]}""";

  private static long micros(String instant) {
    return TimeUnit.MILLISECONDS.toMicros(Instant.parse(instant).toEpochMilli());
  }

  private static TopicRecord value(byte[] value) {
    return TopicRecord.create("topic", 0, 5, NOW, null, value);
  }

  private static TopicRecord value(String text) {
    return value(text.getBytes(StandardCharsets.UTF_8));
  }

  private static SourceRecord customer(String text) throws RejectedException {
    return new CustomerEventDecoder().decode(value(text), NOW);
  }

  private static SourceRecord change(String text) throws RejectedException {
    return new CapturedChangeDecoder("customers").decode(value(text), NOW);
  }

  private static void assertRejected(RecordDecoder decoder, byte[] value, Reason reason) {
    assertThatThrownBy(() -> decoder.decode(value(value), NOW))
        .isInstanceOfSatisfying(
            RejectedException.class,
            e -> {
              assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason);
              assertThat(e.getMessage()).doesNotContain("secret");
            });
  }

  private static void assertCustomerRejected(String text, Reason reason) {
    assertRejected(new CustomerEventDecoder(), text.getBytes(StandardCharsets.UTF_8), reason);
  }

  private static void assertChangeRejected(String text, Reason reason) {
    assertRejected(
        new CapturedChangeDecoder("customers"), text.getBytes(StandardCharsets.UTF_8), reason);
  }

  @Test
  void aCustomerEventCarriesTheWholeState() throws Exception {
    SourceRecord row = customer(CUSTOMER);
    assertThat(row.getKind()).isEqualTo("customers");
    assertThat(row.getOperation()).isEqualTo(Operation.UPSERT);
    assertThat(row.getOrderedMicros()).isNull();
    assertThat(row.value("full_name")).isEqualTo("nguyễn  văn AN");
    assertThat(row.value("monthly_spending_usd")).isEqualTo("210.50");
    assertThat(row.carries("email")).isTrue();
    assertThat(row.value("email")).isNull();
    assertThat(row.carries("loyalty")).isFalse();
    assertThat(row.value("last_modified")).isEqualTo("2025-03-01T02:15:00Z");
    assertThat(customer(CUSTOMER.replace("updated", "deleted")).getOperation())
        .isEqualTo(Operation.DELETE);
  }

  @Test
  void aCapturedChangeCarriesWhatItCarries() throws Exception {
    SourceRecord row = change(CHANGE);
    assertThat(row.getSource()).isEqualTo("oltp");
    assertThat(row.getOperation()).isEqualTo(Operation.UPSERT);
    assertThat(row.getCommitLsn()).isEqualTo(0x16B3748L);
    assertThat(row.getCommitIndex()).isEqualTo(2);
    assertThat(row.getOrderedMicros()).isEqualTo(micros("2025-03-01T02:15:00.123Z") + 456);
    assertThat(row.getColumns())
        .containsExactly("customer_id", "full_name", "monthly_spending_usd", "last_modified");
    assertThat(row.value("monthly_spending_usd")).isEqualTo("210.50");
    assertThat(change(CHANGE.replace("[\"email\"]", "[\"full_name\"]")).carries("full_name"))
        .isFalse();
    assertThat(change(CHANGE.replace("00000000016B3748", "FFFFFFFFFFFFFFFF")).getCommitLsn())
        .isEqualTo(-1L);
  }

  @ParameterizedTest
  @CsvSource({
    "orders, status, true",
    "orders, payment_method, true",
    "orders, some_document, true",
    "orders, subtotal_usd, false",
    "orders, quantity, false",
    "orders, order_date, false",
    "orders, vietnam_promotion_applied, false",
    "transactions, status, true",
    "transactions, amount_usd, false",
    "transactions, transaction_date, false",
    "products, price_usd, true",
    "products, review_count, true"
  })
  void aNumberOrTimeOfAFactIsNeverLeftOut(String table, String column, boolean accepted)
      throws Exception {
    String text =
        """
        {"table": "%s", "operation": "UPDATE", "lsn": "1", "index": 0, "timestamp": "2025-03-01T02:15:00Z",
         "data": {"order_id": "O", "last_modified": "2025-03-01T02:14:59Z"}, "unchanged": ["%s"]}"""
            .formatted(table, column);
    RecordDecoder decoder = new CapturedChangeDecoder(table);
    if (accepted) {
      assertThat(decoder.decode(value(text), NOW).carries(column)).isFalse();
    } else {
      assertRejected(decoder, text.getBytes(StandardCharsets.UTF_8), Reason.MISSING_FIELD);
      assertThat(decoder.decode(value(text.replace("UPDATE", "READ")), NOW).carries(column))
          .isFalse();
    }
  }

  @Test
  void aColumnThatNobodyReadsMayHoldAnything() throws Exception {
    SourceRecord row =
        change(CHANGE.replace("\"full_name\"", "\"settings\": {\"a\": [1]}, \"full_name\""));
    assertThat(row.getColumns())
        .containsExactly("customer_id", "full_name", "monthly_spending_usd", "last_modified");
    assertChangeRejected(CHANGE.replace("\"nguyễn văn an\"", "{}"), Reason.WRONG_TYPE);
  }

  @Test
  void aSnapshotsRowCountsAsPolled() throws Exception {
    SourceRecord row = change(CHANGE.replace("UPDATE", "READ"));
    assertThat(row.getOrderedMicros()).isNull();
    assertThat(row.getCommitLsn()).isNull();
    assertThat(row.getCommitIndex()).isZero();
  }

  @Test
  void aDeleteCarriesItsKey() throws Exception {
    SourceRecord row = change(CHANGE.replace("UPDATE", "DELETE").replace("\"data\"", "\"x\""));
    assertThat(row.getOperation()).isEqualTo(Operation.DELETE);
    assertThat(row.getColumns()).containsExactly("customer_id");
    assertThat(row.getOrderedMicros()).isNotNull();
  }

  @Test
  void whatNoRowCanSayIsRejected() {
    assertChangeRejected(CHANGE.replace("UPDATE", "TRUNCATE"), Reason.UNKNOWN_OPERATION);
    assertChangeRejected(CHANGE.replace("UPDATE", "UPSERT"), Reason.UNKNOWN_OPERATION);
    assertChangeRejected(CHANGE.replace("\"customers\"", "\"orders\""), Reason.WRONG_TYPE);
    assertChangeRejected(CHANGE.replace("\"data\"", "\"x\""), Reason.MISSING_FIELD);
    assertChangeRejected(CHANGE.replace("00000000016B3748", "0/16B3748"), Reason.WRONG_TYPE);
    assertChangeRejected(CHANGE.replace("\"index\": 2", "\"index\": \"2\""), Reason.WRONG_TYPE);
    assertCustomerRejected(CUSTOMER.replace("updated", "merged"), Reason.UNKNOWN_OPERATION);
    assertCustomerRejected(CUSTOMER.replace("\"customer\"", "\"x\""), Reason.MISSING_FIELD);
    assertCustomerRejected(CUSTOMER.replace("\"700000\"", "[7]"), Reason.WRONG_TYPE);
  }

  @Test
  void aNumberIsANumberAndNoText() {
    assertCustomerRejected(CUSTOMER.replace("210.50", "\"210.50\""), Reason.NOT_A_NUMBER);
    assertChangeRejected(CHANGE.replace("210.50", "\"210.50\""), Reason.NOT_A_NUMBER);
    assertCustomerRejected(CUSTOMER.replace("210.50", "NaN"), Reason.MALFORMED);
  }

  @Test
  void numbersKeepTheirDigits() throws Exception {
    assertThat(
            customer(CUSTOMER.replace("210.50", "1234567890123456789.0000000000000000010"))
                .value("monthly_spending_usd"))
        .isEqualTo("1234567890123456789.0000000000000000010");
    assertThat(customer(CUSTOMER.replace("210.50", "1e999999999")).value("monthly_spending_usd"))
        .isEqualTo("1E+999999999");
  }

  @Test
  void timesThatCannotBeAreRejected() {
    String time = "2025-03-01T09:15:00+07:00";
    assertCustomerRejected(CUSTOMER.replace(time, "0001-01-01T00:00:00Z"), Reason.OUT_OF_CALENDAR);
    assertCustomerRejected(CUSTOMER.replace(time, "3000-01-01T00:00:00Z"), Reason.IN_FUTURE);
    assertCustomerRejected(CUSTOMER.replace(time, "yesterday"), Reason.NOT_A_TIME);
    assertCustomerRejected(CUSTOMER.replace(time, ""), Reason.MISSING_TIME);
    assertChangeRejected(
        CHANGE.replace("2025-03-01T02:15:00.123456Z", "3000-01-01T00:00:00Z"), Reason.IN_FUTURE);
    assertChangeRejected(
        CHANGE.replace("2025-03-01T02:14:59.998877Z", "3000-01-01T00:00:00Z"), Reason.IN_FUTURE);
    assertChangeRejected(
        CHANGE
            .replace("UPDATE", "READ")
            .replace("2025-03-01T02:14:59.998877Z", "3000-01-01T00:00:00Z"),
        Reason.IN_FUTURE);
  }

  @Test
  void brokenTextIsRejected() {
    assertCustomerRejected("{\"secret\": ", Reason.MALFORMED);
    assertCustomerRejected("[]", Reason.MALFORMED);
    assertCustomerRejected("   ", Reason.MALFORMED);
    assertCustomerRejected(CUSTOMER + "{}", Reason.MALFORMED);
    assertCustomerRejected(
        CUSTOMER.replace("\"state\": null", "\"full_name\": \"secret\""), Reason.MALFORMED);
    assertCustomerRejected(
        CUSTOMER.replace("{\"tier\": 1}", "[".repeat(10_000) + "]".repeat(10_000)),
        Reason.MALFORMED);
    assertCustomerRejected("{\"a\":".repeat(10_000), Reason.MALFORMED);
    byte[] latin = CUSTOMER.getBytes(StandardCharsets.UTF_8);
    latin[latin.length - 4] = (byte) 0xe1;
    assertRejected(new CustomerEventDecoder(), latin, Reason.INVALID_UTF8);
    assertRejected(
        new CustomerEventDecoder(),
        CUSTOMER.getBytes(StandardCharsets.UTF_16),
        Reason.INVALID_UTF8);
    assertRejected(new CapturedChangeDecoder("customers"), new byte[5 << 20], Reason.TOO_LARGE);
    assertRejected(new CustomerEventDecoder(), null, Reason.NO_VALUE);
  }
}
