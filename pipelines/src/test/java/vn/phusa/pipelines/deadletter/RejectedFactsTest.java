package vn.phusa.pipelines.deadletter;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.flow.Route;
import vn.phusa.pipelines.io.warehouse.fact.FactSales;
import vn.phusa.pipelines.io.warehouse.fact.FactTransactions;
import vn.phusa.pipelines.io.warehouse.fact.FactWriter;
import vn.phusa.transforms.cleansing.CleanseSales;
import vn.phusa.transforms.cleansing.CleanseTransactions;
import vn.phusa.transforms.cleansing.SaleCleanser;
import vn.phusa.transforms.enrichment.EnrichSales;
import vn.phusa.transforms.enrichment.SaleEnricher;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.Transaction;
import vn.phusa.transforms.rules.Rules;

/** Of what a table of facts refused, its dead letter makes the same fact again. */
class RejectedFactsTest {
  private static final Rules RULES = Rules.defaults();
  private static final Reason REASON = Reason.refusedByDatabase("23502");
  private static final long NOON = 1_740_805_200_123_456L;

  private final Pipeline pipeline = Pipeline.create();

  @Test
  void aPolledLine() throws Exception {
    assertSame(
        Route.ORDER_ROWS,
        SourceRecord.polled(
                "oltp",
                "orders",
                "orders/O1@2025-03-01",
                List.of(
                    "order_id",
                    "order_number",
                    "customer_id",
                    "platform",
                    "city",
                    "quantity",
                    "unit_price_usd",
                    "tax_amount_usd",
                    "payment_method",
                    "vietnam_promotion_applied",
                    "status",
                    "order_date",
                    "last_modified"),
                values(
                    "O1",
                    null,
                    "C1",
                    "shopee",
                    "tp. hcm",
                    "3",
                    "12.5",
                    "0.1",
                    "Cod",
                    "t",
                    "Đã giao",
                    "2025-03-01 10:00:00.5",
                    "2025-03-01 12:00:00.123456+07"))
            .observedAt(NOON));
  }

  @Test
  void aLineInDong() throws Exception {
    assertSame(
        Route.ORDER_ROWS,
        SourceRecord.polled(
            "tiki",
            "orders",
            "raw_orders/tiki:order:7@2025-03-01#1",
            List.of("order_id", "platform", "quantity", "unit_price_vnd", "last_modified"),
            values("tiki:7:1", "Tiki", "-2", "129000.50", "2025-03-01T05:00:00Z")));
  }

  @Test
  void aCapturedLineThatLeftColumnsOutAndKafkaHasNoMore() throws Exception {
    assertSame(
        Route.CDC_ORDERS,
        captured(
            Operation.UPSERT,
            List.of("order_id", "quantity", "status", "last_modified"),
            values("O2", "4", null, "2025-02-28 12:00:00+07")));
  }

  @Test
  void aCapturedDelete() throws Exception {
    assertSame(Route.CDC_ORDERS, captured(Operation.DELETE, List.of("order_id"), values("O3")));
  }

  @Test
  void aCapturedPayment() {
    Transaction payment =
        Transaction.builder()
            .setSource("oltp")
            .setPosition("cdc_transactions/0/7")
            .setStamp(ChangeStamp.captured(NOON, NOON + 5, 77, 3))
            .setOperation(Operation.UPSERT)
            .setTransactionId("T1")
            .setPaymentMethod("shells")
            .setPaymentMethodLocal("shells")
            .setTimeKey(20250301)
            .setTransactionMicros(NOON)
            .setAbsent(List.of("order_id", "status"))
            .build();

    PCollectionTuple again =
        restored(
                Route.CDC_TRANSACTIONS,
                new FactWriter<>(new FactTransactions(Rules.defaults()))
                    .rejected(payment, REASON, "z is null"))
            .get(RestoreRecords.RECORDS)
            .apply(CleanseTransactions.with(RULES));

    PAssert.that(again.get(CleanseTransactions.MAIN)).containsInAnyOrder(payment);
    pipeline.run();
  }

  @Test
  void withTheNamesOfTheTableAsOlderVersionsWroteItIsNotTaken() {
    DeadLetter old =
        DeadLetter.of(
            Stage.write("fact_sales"),
            "oltp",
            "orders/O1@2025",
            REASON,
            "z is null",
            Payload.of(List.of("order_id", "source_modified_at"), values("O1", "2025-01-01Z")));

    PCollectionTuple restored = restored(Route.ORDER_ROWS, old);

    PAssert.that(restored.get(RestoreRecords.RECORDS)).empty();
    PAssert.that(restored.get(RestoreRecords.GONE)).containsInAnyOrder(old);
    pipeline.run();
  }

  @Test
  void aSourceDoesNotSayWhatItsRecordWas() {
    DeadLetter captured =
        DeadLetter.of(
            Stage.CLEANSE_SALES,
            "oltp",
            "cdc_orders/0/1",
            Reason.NOT_A_NUMBER,
            "quantity is not a number",
            Payload.of(List.of("order_id", "@operation"), values("O1", "DELETE")));

    PAssert.that(restored(Route.CDC_ORDERS, captured).get(RestoreRecords.GONE))
        .containsInAnyOrder(captured);
    pipeline.run();
  }

  private void assertSame(Route route, SourceRecord record) throws Exception {
    EnrichedSale sale = new SaleEnricher(RULES).enrich(new SaleCleanser(RULES).cleanse(record));
    DeadLetter rejected =
        new FactWriter<>(new FactSales(RULES)).rejected(sale, REASON, "z is null");

    PCollection<EnrichedSale> again =
        restored(route, rejected)
            .get(RestoreRecords.RECORDS)
            .apply(CleanseSales.with(RULES))
            .get(CleanseSales.MAIN)
            .apply(EnrichSales.with(RULES))
            .get(EnrichSales.MAIN);

    PAssert.that(again).containsInAnyOrder(sale);
    pipeline.run();
  }

  private PCollectionTuple restored(Route route, DeadLetter deadLetter) {
    return pipeline.apply(Create.of(deadLetter)).apply(new RestoreRecords(route, null));
  }

  private static SourceRecord captured(
      Operation operation, List<String> columns, List<@Nullable String> values) {
    return SourceRecord.create(
        "oltp", "orders", "cdc_orders/0/1", operation, NOON, 77L, 3, columns, values);
  }

  private static List<@Nullable String> values(@Nullable String... values) {
    List<@Nullable String> list = new ArrayList<>();
    for (String value : values) {
      list.add(value);
    }
    return list;
  }
}
