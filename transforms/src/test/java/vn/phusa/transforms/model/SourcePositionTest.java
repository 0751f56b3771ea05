package vn.phusa.transforms.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePositionTest {

  @Test
  void theTextsAreThoseThatAreStored() {
    assertThat(SourcePosition.inTopic("sales_events", 2, 17).text()).isEqualTo("sales_events/2/17");
    assertThat(SourcePosition.of("raw_orders", "tiki:order:7").text())
        .isEqualTo("raw_orders/tiki:order:7");
    SourcePosition order = SourcePosition.of("raw_orders", "tiki:order:7", "2025-03-01T02:14:59Z");
    assertThat(order.text()).isEqualTo("raw_orders/tiki:order:7@2025-03-01T02:14:59Z");
    assertThat(order.line(2).text()).isEqualTo("raw_orders/tiki:order:7@2025-03-01T02:14:59Z#2");
    assertThat(order.withoutLine("7:1").text())
        .isEqualTo("raw_orders/tiki:order:7@2025-03-01T02:14:59Z without 7:1");
    assertThat(SourcePosition.withoutKey("order", "5fec").text()).isEqualTo("order/#5fec");
    assertThat(SourcePosition.inFile("returns.csv", 12).text()).isEqualTo("returns.csv:12");
  }

  @Test
  void aPlaceInATopicIsReadAgain() {
    assertThat(new SourcePosition("cdc_orders/3/9000000000").inTopic())
        .contains(new SourcePosition.InTopic("cdc_orders", 3, 9_000_000_000L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "orders/7@2025-03-01",
        "sales_events/2",
        "sales_events/2/17/1",
        "sales_events/-1/17",
        "sales_events/2/17 ",
        "sales_events/99999999999/1",
        "sales_events/1/99999999999999999999"
      })
  void whatIsElsewhereIsInNoTopic(String text) {
    assertThat(new SourcePosition(text).inTopic()).isEmpty();
  }
}
