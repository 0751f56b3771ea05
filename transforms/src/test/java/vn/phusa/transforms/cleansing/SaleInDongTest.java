package vn.phusa.transforms.cleansing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.math.BigDecimal;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.phusa.transforms.enrichment.SaleEnricher;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.rules.Rules;

/** Order lines whose record says dong. */
class SaleInDongTest {

  private static Sale sale(Rules rules, @Nullable String... namesAndValues)
      throws RejectedException {
    return new SaleCleanser(rules).cleanse(Records.row("order_id", namesAndValues));
  }

  private static EnrichedSale enriched(@Nullable String... namesAndValues)
      throws RejectedException {
    return new SaleEnricher(Rules.defaults()).enrich(sale(Rules.defaults(), namesAndValues));
  }

  @Test
  void dongStayAndDollarsAreRoundedOnce() throws RejectedException {
    EnrichedSale sale =
        enriched(
            "platform",
            "Tiki",
            "quantity",
            "3",
            "unit_price_vnd",
            "100001",
            "discount_amount_vnd",
            "12000",
            "tax_amount_vnd",
            "1",
            "shipping_cost_vnd",
            "15000",
            "total_amount_vnd",
            "288003");

    assertThat(sale.getUnitPriceVnd()).isEqualTo("100001");
    assertThat(sale.getTotalAmountVnd()).isEqualTo("288003");
    // 100001 / 24000 = 4.166708...
    assertThat(sale.getSale().getUnitPriceUsd()).isEqualTo("4.1667");
    assertThat(sale.getSale().getTotalAmountUsd()).isEqualTo("12.0001");
    assertThat(sale.getSale().getDiscountAmountUsd()).isEqualTo("0.5000");
    assertThat(sale.getSale().getTaxAmountUsd()).isEqualTo("0.0000");
    assertThat(sale.getSale().getShippingCostUsd()).isEqualTo("0.6250");
    // Quantity x unit price in dong: 300003; of the rounded dollars it would be 300002.4.
    assertThat(sale.getSale().getSubtotalVnd()).isEqualTo("300003");
    assertThat(sale.getSale().getSubtotalUsd()).isEqualTo("12.5001");
    assertThat(sale.getVatAmountVnd()).isEqualTo("30000");
    // 288003 x 0.08 / 24000 = 0.96001
    assertThat(sale.getPlatformCommission()).isEqualTo("0.9600");
  }

  @ParameterizedTest
  @CsvSource({
    // 110001 x 0.1, and 110001 x 0.1 / 1.1 = 10000.09...; over dollars 4.5834 x 24000 = 110001.6
    "added, subtotal_vnd, 110001, 11000",
    "included, subtotal_vnd, 110001, 10000",
    // 2 x 52502.75 = 105005.5: 10500.55 and 9545.95...
    "added, unit_price_vnd, 52502.75, 10501",
    "included, unit_price_vnd, 52502.75, 9546",
    "included, subtotal_vnd, -110001, -10000",
    "included, subtotal_usd, 11, 24000",
    "included, total_amount_vnd, 110000, "
  })
  void taxIsOfTheDongThatTheRecordSays(
      String kind, String column, String amount, @Nullable BigDecimal tax)
      throws RejectedException {
    Rules rules = Rules.load(new StringReader("vat: {kind: " + kind + ", rates: [{rate: 0.1}]}"));
    Sale sale = sale(rules, "quantity", "2", column, amount);
    assertThat(new SaleEnricher(rules).enrich(sale).getVatAmountVnd()).isEqualTo(tax);
  }

  /** Four decimals of a dollar are 2.4 dong: 0.0001 of a dollar is lost to one dong. */
  @Test
  void smallDongAreNotCountedOverDollars() throws RejectedException {
    EnrichedSale sale = enriched("subtotal_vnd", "1000000001", "total_amount_vnd", "1000000001");
    assertThat(sale.getTotalAmountVnd()).isEqualTo("1000000001");
    assertThat(sale.getVatAmountVnd()).isEqualTo("100000000");
    EnrichedSale five = enriched("subtotal_vnd", "5");
    assertThat(five.getSale().getSubtotalUsd()).isEqualTo("0.0002");
    // Of the dollars it would be 0.48 dong, and none.
    assertThat(five.getVatAmountVnd()).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "tax_amount_vnd, 8000, 0.3333",
    "tax_amount_usd, 0.5, 0.5000",
    "tax_amount_vnd, 0, 0.0000"
  })
  void theTaxThatTheSourceTellsStandsBesideThatOfTheRule(
      String column, String amount, BigDecimal tax) throws RejectedException {
    EnrichedSale sale = enriched("subtotal_vnd", "100000", column, amount);
    assertThat(sale.getSale().getTaxAmountUsd()).isEqualTo(tax);
    assertThat(sale.getVatAmountVnd()).isEqualTo("10000");
    assertThat(enriched("subtotal_vnd", "100000").getSale().getTaxAmountUsd()).isNull();
  }

  @Test
  void theRateIsThatOfTheOrdersDay() throws RejectedException {
    Rules rules =
        Rules.load(
            new StringReader("exchangeRate: [{rate: 20000}, {from: 2025-03-01, rate: 25000}]"));
    assertThat(
            sale(rules, "total_amount_vnd", "100000", "order_date", "2025-02-28 23:59:59+07")
                .getTotalAmountUsd())
        .isEqualTo("5.0000");
    assertThat(
            sale(rules, "total_amount_vnd", "100000", "order_date", "2025-02-28 17:00:00Z")
                .getTotalAmountUsd())
        .isEqualTo("4.0000");
  }

  @Test
  void dollarsThatAreSaidBesideStay() throws RejectedException {
    EnrichedSale sale = enriched("total_amount_vnd", "99000", "total_amount_usd", "4");
    assertThat(sale.getTotalAmountVnd()).isEqualTo("99000");
    assertThat(sale.getSale().getTotalAmountUsd()).isEqualTo("4.0000");
  }

  @Test
  void fractionsOfADongCountUntilTheEnd() throws RejectedException {
    EnrichedSale sale = enriched("quantity", "2", "unit_price_vnd", "99000.5");
    assertThat(sale.getUnitPriceVnd()).isEqualTo("99001");
    assertThat(sale.getSale().getSubtotalVnd()).isEqualTo("198001.0");
    assertThat(sale.getVatAmountVnd()).isEqualTo("19800");
  }

  @Test
  void aRecordInDollarsSaysNoDong() throws RejectedException {
    Sale sale = sale(Rules.defaults(), "quantity", "2", "unit_price_usd", "10");
    assertThat(sale.getUnitPriceVnd()).isNull();
    assertThat(sale.getSubtotalVnd()).isNull();
    assertThat(sale.getSubtotalUsd()).isEqualTo(new BigDecimal("20.0000"));
  }

  @ParameterizedTest
  @CsvSource({
    "unit_price_vnd, 1E+400, out_of_range",
    "total_amount_vnd, nhiều, not_a_number",
    "subtotal_vnd, 99999999999999999999999, out_of_range",
    "shipping_cost_vnd, NaN, not_a_number"
  })
  void whatIsNoAmountIsRejected(String column, String value, String reason) {
    assertThatThrownBy(() -> sale(Rules.defaults(), column, value))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason().word()).isEqualTo(reason))
        .hasMessageContaining(column.replace("_vnd", ""))
        .hasMessageNotContaining(value);
  }

  @Test
  void aProductOfTwoAmountsThatFitMayNotFit() {
    assertThatThrownBy(
            () ->
                sale(
                    Rules.defaults(),
                    "quantity",
                    "2000000000",
                    "unit_price_vnd",
                    "9999999999999999999"))
        .isInstanceOf(RejectedException.class);
  }
}
