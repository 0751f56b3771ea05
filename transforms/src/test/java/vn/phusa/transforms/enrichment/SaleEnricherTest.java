package vn.phusa.transforms.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.rules.Rules;

class SaleEnricherTest {

  private final SaleEnricher enricher = new SaleEnricher(Rules.defaults());

  static Sale.Builder sale() {
    return Sale.builder()
        .setSource("oltp")
        .setPosition("orders/O1")
        .setStamp(ChangeStamp.polled(0))
        .setOperation(Operation.UPSERT)
        .setOrderId("O1");
  }

  private static long micros(String instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
  }

  private static BigDecimal usd(String amount) {
    return amount == null ? null : new BigDecimal(amount);
  }

  @ParameterizedTest
  @CsvSource({"10.5000, 252000", "0.0001, 2", "-10.5000, -252000", "0.0000, 0", ", "})
  @DisplayName(
      "Exchange rate: unit_price_vnd = unit_price_usd × rate, total_amount_vnd ="
          + " total_amount_usd × rate; null in, null out")
  void dong(String amount, BigDecimal expected) throws RejectedException {
    EnrichedSale enriched =
        enricher.enrich(sale().setUnitPriceUsd(usd(amount)).setTotalAmountUsd(usd(amount)).build());
    assertThat(enriched.getUnitPriceVnd()).isEqualTo(expected);
    assertThat(enriched.getTotalAmountVnd()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"100.0000, 240000", "0.0002, 0", "0.0003, 1", "-0.0003, -1", ", "})
  @DisplayName("vat_amount_vnd = subtotal_usd × rate × VAT rate, 10 %")
  void vat(String subtotal, BigDecimal expected) throws RejectedException {
    assertThat(enricher.enrich(sale().setSubtotalUsd(usd(subtotal)).build()).getVatAmountVnd())
        .isEqualTo(expected);
  }

  @Test
  @DisplayName("VND rounded half up to whole dong at the end of a calculation, never before")
  void roundedAtTheEnd() throws RejectedException {
    SaleEnricher halves =
        new SaleEnricher(
            Rules.load(new StringReader("{exchangeRate: [{rate: 24000.3}], vat: [{rate: 0.5}]}")));
    Sale sale = sale().setSubtotalUsd(usd("0.0001")).setUnitPriceUsd(usd("5.0000")).build();
    // 2.40003 dong × 0.5 is 1.2; 2 × 0.5 would be the same, 24000.3 × 5 is 120001.5
    assertThat(halves.enrich(sale).getUnitPriceVnd()).isEqualTo(new BigDecimal("120002"));
    assertThat(halves.enrich(sale).getVatAmountVnd()).isEqualTo(new BigDecimal("1"));
    Sale returned = sale().setUnitPriceUsd(usd("-5.0000")).build();
    assertThat(halves.enrich(returned).getUnitPriceVnd()).isEqualTo(new BigDecimal("-120002"));
  }

  @ParameterizedTest
  @CsvSource({
    "momo, E_Wallet_MoMo",
    "MoMo, E_Wallet_MoMo",
    "zalopay, E_Wallet_ZaloPay",
    "vnpay, E_Wallet_VNPay",
    "cod, COD",
    "COD, COD",
    "cash_on_delivery, COD",
    "bank_transfer, Bank_Transfer",
    "credit_card, Credit_Card",
    "DEBIT_CARD, Debit_Card",
    "VISA, VISA",
    "'', ''",
    ", "
  })
  @DisplayName(
      "payment_method_local, case-insensitively: momo → E_Wallet_MoMo, ...; anything else"
          + " as it was")
  void paymentMethod(String method, String local) throws RejectedException {
    assertThat(enricher.enrich(sale().setPaymentMethod(method).build()).getPaymentMethodLocal())
        .isEqualTo(local);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-01-20T16:59:59Z, false",
    "2025-01-20T17:00:00Z, true",
    "2025-02-20T16:59:59Z, true",
    "2025-02-20T17:00:00Z, false"
  })
  @DisplayName("is_tet_season: the Vietnamese day is from 21 January to 20 February")
  void tetSeason(String time, boolean expected) throws RejectedException {
    assertThat(enricher.enrich(sale().setOrderMicros(micros(time)).build()).getTetSeason())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-09-08T17:00:00Z, true",
    "2025-10-10T00:00:00Z, true",
    "2025-11-11T16:59:59Z, true",
    "2025-12-12T00:00:00Z, true",
    "2025-12-12T17:00:00Z, false"
  })
  @DisplayName("is_shopping_festival: 9/9, 10/10, 11/11, 12/12")
  void festival(String time, boolean expected) throws RejectedException {
    assertThat(enricher.enrich(sale().setOrderMicros(micros(time)).build()).getShoppingFestival())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Lazada, 6.0000",
    "Shopee, 5.5000",
    "Tiki, 8.0000",
    "Sendo, 5.0000",
    "FPTShop, 4.0000",
    "CellphoneS, 3.5000",
    "Ebay, 6.0000",
    ", 6.0000"
  })
  @DisplayName(
      "platform_commission = total_amount_usd × rate of the platform: Lazada 0.06, ..., any"
          + " other 0.06")
  void commission(String platform, BigDecimal expected) throws RejectedException {
    Sale sale = sale().setPlatform(platform).setTotalAmountUsd(usd("100.0000")).build();
    assertThat(enricher.enrich(sale).getPlatformCommission()).isEqualTo(expected);
  }

  @Test
  @DisplayName("USD to 4 decimals; null in, null out")
  void commissionIsRounded() throws RejectedException {
    assertThat(
            enricher
                .enrich(sale().setPlatform("Shopee").setTotalAmountUsd(usd("0.0100")).build())
                .getPlatformCommission())
        .isEqualTo(new BigDecimal("0.0006"));
    assertThat(enricher.enrich(sale().setPlatform("Tiki").build()).getPlatformCommission())
        .isNull();
  }

  @Test
  @DisplayName("Null in, null out: a sale of nulls")
  void nulls() throws RejectedException {
    EnrichedSale enriched = enricher.enrich(sale().build());
    assertThat(enriched.getTimeKey()).isEqualTo(-1);
    assertThat(enriched.getTetSeason()).isNull();
    assertThat(enriched.getShoppingFestival()).isNull();
    assertThat(enriched.getRegion()).isNull();
    assertThat(enriched.getUnitPriceVnd()).isNull();
    assertThat(enriched.getVatAmountVnd()).isNull();
  }

  @Test
  @DisplayName("region of the city; time_key of the Vietnamese day")
  void regionAndDay() throws RejectedException {
    EnrichedSale enriched =
        enricher.enrich(
            sale().setCity("Nha Trang").setOrderMicros(micros("2025-03-01T17:00:00Z")).build());
    assertThat(enriched.getRegion()).isEqualTo("Central");
    assertThat(enriched.getTimeKey()).isEqualTo(20250302);
    assertThat(enricher.enrich(sale().setCity("Eire").build()).getRegion()).isEqualTo("Unknown");
  }

  @Test
  @DisplayName("A dated rate is that of the Vietnamese day of the order; the newest where unknown")
  void datedRates() throws RejectedException {
    SaleEnricher dated =
        new SaleEnricher(
            Rules.load(
                new StringReader(
                    "exchangeRate: [{rate: 20000}, {from: 2025-03-02, rate: 25000}]")));
    Sale.Builder sale = sale().setUnitPriceUsd(usd("1.0000"));
    assertThat(
            dated
                .enrich(sale.setOrderMicros(micros("2025-03-01T16:59:59Z")).build())
                .getUnitPriceVnd())
        .isEqualTo(new BigDecimal("20000"));
    assertThat(
            dated
                .enrich(sale.setOrderMicros(micros("2025-03-01T17:00:00Z")).build())
                .getUnitPriceVnd())
        .isEqualTo(new BigDecimal("25000"));
    assertThat(dated.enrich(sale.setOrderMicros(null).build()).getUnitPriceVnd())
        .isEqualTo(new BigDecimal("25000"));
  }

  @Test
  void whatDoesNotFitIsRejected() {
    SaleEnricher rich =
        new SaleEnricher(Rules.load(new StringReader("exchangeRate: [{rate: 1e10}]")));
    assertThatThrownBy(
            () -> rich.enrich(sale().setUnitPriceUsd(usd("99999999999999.0000")).build()))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OUT_OF_RANGE))
        .hasMessageContaining("unit_price_vnd");
    assertThatThrownBy(() -> enricher.enrich(sale().setOrderMicros(0L).build()))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OUT_OF_CALENDAR));
  }

  @Test
  @DisplayName("vat.kind: included takes the tax out of the subtotal; a list alone adds it")
  void vatInTheSubtotal() throws RejectedException {
    Sale sale = sale().setSubtotalVnd(new BigDecimal("110000")).build();

    assertThat(vat("vat: {kind: included}", sale)).isEqualTo(new BigDecimal("10000"));
    assertThat(vat("vat: {kind: included, rates: [{rate: 0.08}]}", sale))
        .isEqualTo(new BigDecimal("8148"));
    assertThat(vat("vat: {kind: added}", sale)).isEqualTo(new BigDecimal("11000"));
    assertThat(vat("vat: [{rate: 0.08}]", sale)).isEqualTo(new BigDecimal("8800"));
  }

  private static BigDecimal vat(String rules, Sale sale) throws RejectedException {
    return new SaleEnricher(Rules.load(new StringReader(rules))).enrich(sale).getVatAmountVnd();
  }
}
