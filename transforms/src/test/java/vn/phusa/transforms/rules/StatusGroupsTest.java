package vn.phusa.transforms.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusGroupsTest {
  private final StatusGroups groups = StatusGroups.of(Rules.defaults());

  @ParameterizedTest
  @CsvSource({
    "oltp, pending, placed",
    "oltp, ' Completed ', delivered",
    "oltp, cancelled, cancelled",
    "oltp, đã hủy, cancelled",
    "oltp, ĐÃ HỦY, cancelled",
    "oltp, paid, paid",
    "lazada, canceled, cancelled",
    "lazada, lost, failed",
    "shopee, IN_CANCEL, cancelled",
    "shopee, TO_RETURN, returned",
    "shopee, TO_CONFIRM_RECEIVE, delivered",
    "tiki, seller_canceled, cancelled",
    "sendo, returned, returned",
    "oltp, failed_delivery, failed",
    "oltp, seller_canceled, unmapped",
    "oltp, gone fishing, unmapped",
    ", delivered, delivered",
    "oltp, '  ', ",
    "oltp, , "
  })
  void theWordsOfTheSourceComeBeforeThoseOfAll(String source, String status, String group) {
    assertThat(groups.of(source, status)).isEqualTo(group);
  }

  @Test
  void whiteSpaceOfAnyKindIsOneBlank() {
    assertThat(groups.of("oltp", "\u00a0đã \t hủy\u3000")).isEqualTo("cancelled");
  }

  @Test
  void aShopAddsItsOwnWords() {
    StatusGroups own =
        StatusGroups.of(
            Rules.load(
                new StringReader(
                    "orderStatuses: {sources: {oltp: {completed: paid}}, words: {bom: failed}}")));

    assertThat(own.of("oltp", "completed")).isEqualTo("paid");
    assertThat(own.of("tiki", "completed")).isEqualTo("delivered");
    assertThat(own.of("tiki", "BOM")).isEqualTo("failed");
  }

  @Test
  void aGroupThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> Rules.load(new StringReader("orderStatuses: {words: {bom: bombed}}")))
        .isInstanceOf(RulesException.class)
        .hasMessageContaining("orderStatuses.words.bom")
        .hasMessageContaining("delivered");
  }
}
