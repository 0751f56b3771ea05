package vn.phusa.transforms.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.DeadLetterJson;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.RealtimeSale;
import vn.phusa.transforms.model.RealtimeSaleJson;

/** The longest event that is taken makes no record that a topic would refuse. */
class RecordBytesTest {
  private static final int TOPIC_BYTES = 1_000_000;

  /** Each is six bytes of JSON. */
  private static final String MAX_LENGTH_TEXT = "\u0001".repeat(RecordBytes.MAX_EVENT_BYTES);

  @Test
  void aSaleOfItFitsIntoATopic() {
    RealtimeSale sale =
        RealtimeSale.builder()
            .setSource("sales_events")
            .setPosition("sales_events/0/1")
            .setStamp(ChangeStamp.polled(1))
            .setOrderId("O")
            .setPlatform("Tiki")
            .setPaymentMethod(MAX_LENGTH_TEXT)
            .setPaymentMethodLocal(MAX_LENGTH_TEXT)
            .setOrderMicros(1)
            .setRegion("North")
            .setTooLate(false)
            .build();
    assertThat(RealtimeSaleJson.of(sale).getBytes(StandardCharsets.UTF_8).length)
        .isLessThan(TOPIC_BYTES);
  }

  @Test
  void aDeadLetterOfItIsKeptWhole() throws Exception {
    DeadLetter deadLetter =
        DeadLetter.of(
            Stage.CLEANSE_SALES,
            "sales_events",
            "sales_events/0/1",
            new RejectedException(Reason.MISSING_KEY, "order_id is null or empty"),
            Payload.of(List.of("payment_method"), List.of(MAX_LENGTH_TEXT)));
    assertThat(DeadLetterJson.read(DeadLetterJson.write(deadLetter, Instant.EPOCH)))
        .isEqualTo(deadLetter);
  }
}
