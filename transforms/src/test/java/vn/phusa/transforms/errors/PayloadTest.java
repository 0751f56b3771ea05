package vn.phusa.transforms.errors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import vn.phusa.transforms.model.SourceRecord;

class PayloadTest {

  @Test
  void aRowIsItsFieldsAsTheyCame() {
    Payload payload = Payload.of(List.of("a", "b", "c"), Arrays.asList("1.50", null, "\"đ\"\n"));
    assertThat(payload.encoding()).isEqualTo(DeadLetter.Encoding.TEXT);
    assertThat(payload.text()).isEqualTo("{\"a\":\"1.50\",\"b\":null,\"c\":\"\\\"đ\\\"\\n\"}");
    assertThat(payload.json()).isEqualTo(payload.text());
  }

  @Provide
  Arbitrary<String> anyUnits() {
    return Arbitraries.chars().all().array(char[].class).ofMaxSize(20).map(String::new);
  }

  @Property
  void whateverCameCanBeStoredAndReadAgain(@ForAll("anyUnits") String value) throws Exception {
    Payload payload = Payload.of(List.of("field"), List.of(value));
    assertThat(StorableText.problem(payload.text())).isNull();
    assertThat(payload.encoding() == DeadLetter.Encoding.TEXT)
        .isEqualTo(StorableText.problem(value) == null);
    JsonNode read = new ObjectMapper().readTree(payload.json());
    assertThat(read.get("field").textValue()).isEqualTo(value);
  }

  @Property
  void escapedTextCanBeStored(@ForAll("anyUnits") String value) {
    assertThat(StorableText.problem(StorableText.escape(value))).isNull();
    if (StorableText.problem(value) == null) {
      assertThat(StorableText.escape(value)).isSameAs(value);
    }
  }

  @Test
  void theSameFailureMetAgainIsTheSameDeadLetter() {
    SourceRecord record =
        SourceRecord.polled("oltp", "orders", "orders/\ud800\0", List.of("a"), List.of("x"));
    RejectedException rejection = new RejectedException(Reason.NOT_A_NUMBER, "a is not a number");
    DeadLetter first = DeadLetter.of(Stage.CLEANSE_SALES, record, rejection);
    assertThat(first).isEqualTo(DeadLetter.of(Stage.CLEANSE_SALES, record, rejection));
    assertThat(first.getReason()).isEqualTo("not_a_number");
    assertThat(first.getPosition()).isEqualTo("orders/\\uD800\\u0000");
    assertThat(first.getId())
        .isNotEqualTo(DeadLetter.of(Stage.CLEANSE_PRODUCTS, record, rejection).getId());
  }
}
