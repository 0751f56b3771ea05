package vn.phusa.transforms.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterJsonTest {
  private static final Instant SEEN = Instant.parse("2025-03-01T02:15:00Z");

  private static DeadLetter deadLetter(byte[] bytes) {
    return DeadLetter.of(
        Stage.DECODE_SALES,
        "sales_events",
        "sales_events/0/1",
        new RejectedException(Reason.MALFORMED, "it \"ends\" before"),
        Payload.ofBytes(bytes));
  }

  @Test
  void comesBackAsItWas() throws Exception {
    DeadLetter deadLetter = deadLetter(new byte[] {0, (byte) 0xff, 1});
    byte[] json = DeadLetterJson.write(deadLetter, SEEN);
    assertThat(DeadLetterJson.read(json)).isEqualTo(deadLetter);
    assertThat(Base64.getDecoder().decode(deadLetter.getPayload())).containsExactly(0, 255, 1);
  }

  @Test
  void hasTheContractsFields() throws Exception {
    JsonNode json =
        new ObjectMapper().readTree(DeadLetterJson.write(deadLetter(new byte[1]), SEEN));
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "stage",
            "source",
            "position",
            "reason",
            "error",
            "payload",
            "payload_encoding",
            "seen_at");
    assertThat(json.get("payload_encoding").textValue()).isEqualTo("base64");
    assertThat(json.get("seen_at").textValue()).isEqualTo("2025-03-01T02:15:00Z");
  }

  @Test
  void fitsIntoATopicWhateverThePayload() throws Exception {
    byte[] json = DeadLetterJson.write(deadLetter(new byte[5 << 20]), SEEN);
    assertThat(json.length).isLessThan(2_000);
    assertThat(DeadLetterJson.read(json).getError()).endsWith("too long to be kept here");
  }

  @Test
  void fitsIntoATopicHoweverItsCharactersAreWritten() throws Exception {
    DeadLetter deadLetter =
        DeadLetter.of(
            Stage.CLEANSE_CUSTOMERS,
            "oltp",
            "cdc_customers/0/1",
            new RejectedException(Reason.NOT_A_DATE, "birth_date is not a date"),
            Payload.of(List.of("address"), List.of("\"".repeat(400_000))));
    byte[] json = DeadLetterJson.write(deadLetter, SEEN);
    assertThat(json.length).isLessThan(1_000_000);
    assertThat(DeadLetterJson.read(json).getError()).endsWith("too long to be kept here");
  }

  @Test
  void anythingElseIsRefused() {
    for (String text : new String[] {"", "{", "[]", "{}", "null"}) {
      assertThatThrownBy(() -> DeadLetterJson.read(text.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(RejectedException.class);
    }
  }
}
