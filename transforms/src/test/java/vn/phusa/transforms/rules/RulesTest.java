package vn.phusa.transforms.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStreamReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {

  private static Rules load(String yaml) {
    return Rules.load(new StringReader(yaml));
  }

  private static int day(String date) {
    return (int) LocalDate.parse(date).toEpochDay();
  }

  @Test
  @DisplayName("Exchange rate: 1 USD = 24,000 VND; VAT rate, 10 %")
  void defaults() {
    assertThat(Rules.defaults().exchangeRate().on(null)).isEqualByComparingTo("24000");
    assertThat(Rules.defaults().vat().rates().on(day("2022-06-01"))).isEqualByComparingTo("0.10");
    assertThat(Rules.defaults().platforms())
        .containsExactly("Lazada", "Shopee", "Tiki", "Sendo", "FPTShop", "CellphoneS");
  }

  @Test
  void rulesTravelToWorkers() {
    assertThat(SerializableUtils.clone(Rules.defaults())).isEqualTo(Rules.defaults());
  }

  @Test
  void anEmptyDocumentIsTheDefaults() {
    assertThat(load("")).isEqualTo(Rules.defaults());
    assertThat(load("# nothing\n")).isEqualTo(Rules.defaults());
  }

  @Test
  void aDatedRateHoldsFromItsDay() {
    DatedRates rates =
        load("""
                exchangeRate:
                  - {from: 2025-01-01, rate: 25400}
                  - {rate: 24000}
                  - {from: 2026-01-01, rate: 26000.5}
                """)
            .exchangeRate();
    assertThat(rates.on(day("1999-01-01"))).isEqualByComparingTo("24000");
    assertThat(rates.on(day("2024-12-31"))).isEqualByComparingTo("24000");
    assertThat(rates.on(day("2025-01-01"))).isEqualByComparingTo("25400");
    assertThat(rates.on(day("2026-07-01"))).isEqualTo(new BigDecimal("26000.5"));
    assertThat(rates.on(null)).isEqualTo(new BigDecimal("26000.5"));
  }

  @Test
  void beforeTheFirstDatedRateTheFirstHolds() {
    DatedRates rates = load("exchangeRate: [{from: 2025-01-01, rate: 25000}]").exchangeRate();
    assertThat(rates.on(day("2020-01-01"))).isEqualByComparingTo("25000");
  }

  @Test
  @DisplayName("The dated list for the reduced 8 % ships beside the default as an example")
  void reducedVatExample() {
    Rules reduced =
        Rules.load(
            new InputStreamReader(
                Rules.class.getResourceAsStream("examples/vat-reduced.yaml"),
                StandardCharsets.UTF_8));
    assertThat(reduced.vat().rates().on(day("2022-01-31"))).isEqualByComparingTo("0.10");
    assertThat(reduced.vat().rates().on(day("2022-02-01"))).isEqualByComparingTo("0.08");
    assertThat(reduced.vat().rates().on(day("2023-03-01"))).isEqualByComparingTo("0.10");
    assertThat(reduced.vat().rates().on(day("2026-12-31"))).isEqualByComparingTo("0.08");
    assertThat(reduced.vat().rates().on(day("2027-01-01"))).isEqualByComparingTo("0.10");
    assertThat(reduced.exchangeRate()).isEqualTo(Rules.defaults().exchangeRate());
  }

  @Test
  void mappingsAreMergedAndListsReplaced() {
    Rules rules =
        load(
            """
            paymentMethods: {visa: Credit_Card, momo: }
            seasons: {shoppingFestivals: [11-29]}
            cities: {aliases: {dn: Dong Nai}, towns: {Long Thanh: Dong Nai}}
            """);
    assertThat(rules.paymentMethods())
        .containsEntry("visa", "Credit_Card")
        .containsEntry("cod", "COD")
        .doesNotContainKey("momo");
    assertThat(rules.seasons().shoppingFestivals()).hasSize(1);
    assertThat(rules.seasons().tet()).isEqualTo(Rules.defaults().seasons().tet());
    Geography geography = Geography.of(rules);
    assertThat(geography.standardName("ĐN")).isEqualTo("Dong Nai");
    assertThat(geography.region("Long Thanh")).isEqualTo("South");
  }

  @Test
  void aFurtherPlatformHasItsCommission() {
    Rules rules =
        load(
            """
            platforms: [Lazada, Shopee, Tiki, Sendo, FPTShop, CellphoneS, TikTok Shop]
            commissions: {platforms: {TikTok Shop: [{rate: 0.04}]}}
            """);
    assertThat(rules.commissions().rate("TikTok Shop", null)).isEqualByComparingTo("0.04");
    assertThat(rules.commissions().rate("Tiki", null)).isEqualByComparingTo("0.08");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vatt: 1                                             | unknown key "vatt"
          seasons: {tet: {since: 01-01}}                      | unknown key "seasons.tet.since"
          vat: [{rate: ten}]                                  | "vat[0].rate"
          vat: [{rat: 0.1}]                                   | unknown key "vat[0].rat"
          vat: [{rate: 10}]                                   | "vat"
          vat: []                                             | empty
          vat: 0.1                                            | "vat"
          vat:                                                | "vat" is missing
          exchangeRate: [{rate: -1}]                          | negative
          exchangeRate: [{rate: 0}]                           | "exchangeRate"
          exchangeRate: [{rate: 1, from: 2025-13-01}]         | "exchangeRate[0].from"
          exchangeRate: [{rate: 1}, {rate: 2}]                | same day
          patterns: {phone: '['}                              | "patterns.phone"
          seasons: {tet: {from: 21-01, to: 02-20}}            | "seasons.tet.from"
          cities: {towns: {Atlantis: Ocean}}                  | "cities.towns.Atlantis"
          cities: {aliases: {x: Nowhere}}                     | "cities.aliases.x"
          cities: {regions: {North: [Nowhere]}}               | Nowhere
          commissions: {platforms: {Ebay: [{rate: 0.1}]}}     | "commissions.platforms.Ebay"
          commissions: {fallback: none}                       | "commissions.fallback"
          - a list                                            | not a mapping
          a: [                                                | line
          a: {b: 1, b: 2}                                     | Duplicate field 'b'
          """)
  void whatIsWrongIsReportedInOneLineThatNamesTheKey(String yaml, String said) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(RulesException.class)
        .hasMessageStartingWith("rules: ")
        .hasMessageContaining(said)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }
}
