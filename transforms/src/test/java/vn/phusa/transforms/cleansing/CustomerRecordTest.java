package vn.phusa.transforms.cleansing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Customer;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;

/** What every record of a customer needs: a key, a time, text that can be stored. */
class CustomerRecordTest {
  private final CustomerCleanser cleanser = new CustomerCleanser();

  private Customer customer(@Nullable String... namesAndValues) throws RejectedException {
    return cleanser.cleanse(Records.row("customer_id", namesAndValues));
  }

  private void assertRejected(SourceRecord record, String reason, String field) {
    assertThatThrownBy(() -> cleanser.cleanse(record))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason().word()).isEqualTo(reason))
        .hasMessageContaining(field);
  }

  @Test
  void theStampIsWhatTheRecordSays() throws RejectedException {
    assertThat(customer().getStamp()).isEqualTo(ChangeStamp.polled(Records.MODIFIED_MICROS));
    assertThat(
            cleanser
                .cleanse(
                    Records.of(
                        Operation.UPSERT,
                        99L,
                        "customer_id",
                        "K",
                        "last_modified",
                        Records.MODIFIED))
                .getStamp())
        .isEqualTo(ChangeStamp.captured(Records.MODIFIED_MICROS, 99, -1, 3));
    assertThat(cleanser.cleanse(Records.of(Operation.UPSERT, 99L, "customer_id", "K")).getStamp())
        .isEqualTo(ChangeStamp.captured(99, 99, -1, 3));
  }

  @Test
  @DisplayName("t: the commit time for deletes")
  void aDeleteNeedsItsKeyOnly() throws RejectedException {
    Customer deleted =
        cleanser.cleanse(
            Records.of(
                Operation.DELETE,
                99L,
                "customer_id",
                "K",
                "monthly_spending_usd",
                "rubbish",
                "full_name",
                "\0",
                "last_modified",
                Records.MODIFIED));
    assertThat(deleted.getOperation()).isEqualTo(Operation.DELETE);
    assertThat(deleted.getStamp()).isEqualTo(ChangeStamp.captured(99, 99, -1, 3));
    assertThat(deleted.getAbsent()).isEqualTo(customer().getAbsent());
    assertThat(
            cleanser
                .cleanse(
                    Records.of(
                        Operation.DELETE,
                        null,
                        "customer_id",
                        "K",
                        "last_modified",
                        Records.MODIFIED))
                .getStamp())
        .isEqualTo(ChangeStamp.polled(Records.MODIFIED_MICROS));
  }

  @Test
  void keysAreOpaque() throws RejectedException {
    String key = " Ke\u0301y\u00A0";
    Customer customer =
        cleanser.cleanse(
            Records.of(
                Operation.UPSERT, null, "customer_id", key, "last_modified", Records.MODIFIED));
    assertThat(customer.getCustomerId()).isEqualTo(key);
  }

  @Test
  void whatCannotBeUsedIsRejected() {
    String modified = Records.MODIFIED;
    assertRejected(
        Records.of(Operation.UPSERT, null, "customer_id", null, "last_modified", modified),
        "missing_key",
        "customer_id");
    assertRejected(
        Records.of(Operation.UPSERT, null, "customer_id", "", "last_modified", modified),
        "missing_key",
        "customer_id");
    assertRejected(
        Records.of(Operation.UPSERT, null, "customer_id", "-1", "last_modified", modified),
        "reserved_key",
        "customer_id");
    assertRejected(
        Records.of(Operation.DELETE, 9L, "customer_id", "ệ".repeat(667)),
        "key_too_long",
        "customer_id");
    assertRejected(
        Records.of(Operation.DELETE, 9L, "customer_id", "a\ud800"),
        "lone_surrogate",
        "customer_id");
    assertRejected(
        Records.of(Operation.UPSERT, null, "customer_id", "K"), "missing_time", "last_modified");
    assertRejected(
        Records.row("customer_id", "no_column_of_ours", "a\0"),
        "nul_character",
        "no_column_of_ours");
    assertRejected(
        Records.row("customer_id", "full_name", "a\ude00"), "lone_surrogate", "full_name");
    assertRejected(
        Records.row("customer_id", "monthly_spending_usd", "viele"),
        "not_a_number",
        "monthly_spending_usd");
    assertRejected(
        Records.row("customer_id", "monthly_spending_usd", "1e14"),
        "out_of_range",
        "monthly_spending_usd");
    assertRejected(
        Records.row("customer_id", "date_of_birth", "1990-02-30"), "not_a_date", "date_of_birth");
    assertRejected(
        Records.row("customer_id", "registration_date", "infinity"),
        "out_of_range",
        "registration_date");
    assertRejected(
        Records.of(Operation.UPSERT, null, "customer_id", "K", "last_modified", "yesterday"),
        "not_a_time",
        "last_modified");
  }

  @Test
  void aKeyMayHave2000Bytes() throws RejectedException {
    String key = "ệ".repeat(666) + "ab";
    assertThat(
            cleanser.cleanse(Records.of(Operation.DELETE, 9L, "customer_id", key)).getCustomerId())
        .isEqualTo(key);
  }
}
