package vn.phusa.transforms.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.RealtimeSale;
import vn.phusa.transforms.model.RealtimeSaleJson;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.windows.SalesWindows;

class RealtimeSalesTest {
  /** 2025-03-01 02:14:59.998 UTC. */
  private static final long ORDERED = 1_740_795_299_998_000L;

  private static final long HOUR = 3_600_000_000L;
  private static final SalesWindows WINDOWS =
      SalesWindows.withAllowedLateness(SalesWindows.DEFAULT_LATENESS);

  private static Sale.Builder sale(long recorded) {
    return Sale.builder()
        .setSource("sales_events")
        .setPosition("sales_events/0/17")
        .setStamp(ChangeStamp.polled(recorded))
        .setOperation(Operation.UPSERT)
        .setOrderId("O-1")
        .setOrderMicros(ORDERED);
  }

  private static RealtimeSale row(Sale sale) throws RejectedException {
    return RealtimeSales.rowOf(new SaleEnricher(Rules.defaults()).enrich(sale), WINDOWS);
  }

  @Test
  void everyColumnComesFromTheCleansedAndEnrichedSale() throws Exception {
    RealtimeSale row =
        row(
            sale(ORDERED + 1)
                .setCustomerId("C")
                .setProductId("P")
                .setPlatform("Shopee")
                .setCity("Hanoi")
                .setQuantity(2)
                .setUnitPriceUsd(new BigDecimal("10.0000"))
                .setTotalAmountUsd(new BigDecimal("20.5000"))
                .setPaymentMethod("momo")
                .build());
    assertThat(RealtimeSaleJson.of(row.toBuilder().setProcessedMicros(ORDERED + 7).build()))
        .isEqualTo(
            "{\"order_id\":\"O-1\",\"customer_id\":\"C\",\"product_id\":\"P\",\"quantity\":2,"
                + "\"unit_price_usd\":10.0000,\"total_amount_usd\":20.5000,\"platform\":\"Shopee\","
                + "\"payment_method\":\"momo\",\"order_timestamp\":\"2025-03-01T02:14:59.998000Z\","
                + "\"city\":\"Hanoi\",\"region\":\"North\",\"total_amount_vnd\":492000,"
                + "\"unit_price_vnd\":240000,\"payment_method_local\":\"E_Wallet_MoMo\","
                + "\"is_tet_season\":false,\"is_shopping_festival\":false,"
                + "\"processed_timestamp\":\"2025-03-01T02:14:59.998007Z\"}");
  }

  @Test
  void noPlatformAndNoRegionAreUnknownAndTheRestStaysNull() throws Exception {
    RealtimeSale row = row(sale(ORDERED).build());
    assertThat(row.getPlatform()).isEqualTo("Unknown");
    assertThat(row.getRegion()).isEqualTo("Unknown");
    assertThat(RealtimeSaleJson.of(row))
        .contains("\"customer_id\":null", "\"quantity\":null", "\"total_amount_vnd\":null")
        .contains("\"processed_timestamp\":null");
  }

  @Test
  void lateIsWhatTheLogTookAfterTheLateness() throws Exception {
    assertThat(row(sale(ORDERED + HOUR).build()).getTooLate()).isFalse();
    assertThat(row(sale(ORDERED + HOUR + 2_000).build()).getTooLate()).isTrue();
    EnrichedSale enriched =
        new SaleEnricher(Rules.defaults()).enrich(sale(ORDERED + HOUR + 2_000).build());
    assertThat(
            RealtimeSales.rowOf(enriched, SalesWindows.withAllowedLateness(Duration.ofHours(2)))
                .getTooLate())
        .isFalse();
  }

  @Test
  void aSaleWithoutATimeIsRejected() {
    assertThatThrownBy(() -> row(sale(ORDERED).setOrderMicros(null).build()))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MISSING_TIME));
  }
}
