package vn.phusa.transforms.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTextTest {

  private static Rules load(String yaml) {
    return Rules.load(new StringReader(yaml));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "exchangeRate: [{from: 2025-01-01, rate: 25000.50}, {rate: 24000}]",
        "vat: {kind: included}",
        "vat: [{rate: 0.08}]",
        "platforms: [Lazada, Shopee, Tiki, Sendo, FPTShop, CellphoneS, Chợ]",
        "commissions: {platforms: {Tiki: }}",
        "orderAuthorities: {platforms: {Tiki: tiki}, fallback: sendo}",
        "orderStatuses: {sources: {oltp: {'giao 1 phần': delivered}}, words: {'bom: hàng': failed}}",
        "paymentMethods: {momo: , 'no': 'yes', '1': '0x1'}",
        "customerSegments: {levels: [{from: 1, name: A}], fallback: 'null'}",
        "seasons: {aroundTet: {daysBefore: 28, daysAfter: 5}, shoppingFestivals: [02-29]}",
        "patterns: {phone: '^\\\\+84[0-9]{9,10}$'}",
        "cities: {aliases: {sg: Ho Chi Minh City}, towns: {'Sa Pa': Lao Cai}}",
      })
  void aTextGivesBackItsRules(String yaml) {
    Rules rules = load(yaml);
    Rules again = Rules.ofText(rules.text());
    assertThat(again).isEqualTo(rules);
    assertThat(again.text()).isEqualTo(rules.text());
    assertThat(again.fingerprint()).isEqualTo(rules.fingerprint());
    assertThat(rules.fingerprint().equals(Rules.defaults().fingerprint()))
        .isEqualTo(yaml.isEmpty());
  }

  @Test
  void theExampleTooGivesItself() {
    Rules rules =
        Rules.load(
            new InputStreamReader(
                Rules.class.getResourceAsStream("examples/vat-reduced.yaml"),
                StandardCharsets.UTF_8));
    assertThat(Rules.ofText(rules.text())).isEqualTo(rules);
  }

  @Test
  void whatAnOlderTextLacksIsAsItShips() {
    String older =
        load("platforms: [Tiki]\ncommissions: {platforms: {Lazada: , Shopee: , Sendo: , FPTShop: , CellphoneS: }}")
            .text();
    String lacking = older.replaceFirst("(?s)\nvat:.*?\nplatforms:", "\nplatforms:");
    assertThat(lacking).isNotEqualTo(older);
    assertThat(Rules.ofText(lacking).vat()).isEqualTo(Rules.defaults().vat());
    assertThat(Rules.ofText(lacking).platforms()).containsExactly("Tiki");
  }

  @Test
  void whatALaterVersionWroteIsRefusedByItsKey() {
    String later = Rules.defaults().text() + "tomorrow: 1\n";
    assertThatThrownBy(() -> Rules.ofText(later))
        .isInstanceOf(RulesException.class)
        .hasMessageContaining("tomorrow");
  }
}
