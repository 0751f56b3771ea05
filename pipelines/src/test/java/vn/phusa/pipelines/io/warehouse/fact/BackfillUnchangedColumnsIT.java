package vn.phusa.pipelines.io.warehouse.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.TupleTag;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vn.phusa.pipelines.io.BundledFn;
import vn.phusa.pipelines.io.warehouse.TestWarehouse;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.cleansing.CleanseSales;
import vn.phusa.transforms.cleansing.CleanseTransactions;
import vn.phusa.transforms.enrichment.EnrichSales;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.rules.Rules;

/** What a captured change did not carry stays as it was. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackfillUnchangedColumnsIT {
  private static final long COMMITTED = 1_740_795_299_998_000L;

  private TestWarehouse warehouse;

  @BeforeAll
  void migrate(FreshDatabase database) throws Exception {
    warehouse = TestWarehouse.in(database);
  }

  @BeforeEach
  void empty() throws Exception {
    warehouse.execute("TRUNCATE fact_sales, fact_transactions");
  }

  private static SourceRecord change(int second, @Nullable String... namesAndValues) {
    List<String> columns = new ArrayList<>();
    List<@Nullable String> values = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      columns.add(namesAndValues[i]);
      values.add(namesAndValues[i + 1]);
    }
    return SourceRecord.create(
        "oltp",
        "orders",
        "cdc_orders/0/" + second,
        Operation.UPSERT,
        COMMITTED + second * 1_000_000L,
        100L + second,
        0,
        columns,
        values);
  }

  private static SourceRecord whole(int second, String status) {
    return change(
        second,
        "order_id",
        "O",
        "order_number",
        "B",
        "customer_id",
        "C",
        "product_id",
        "P",
        "platform",
        "Shopee",
        "city",
        "hn",
        "payment_method",
        "momo",
        "status",
        status,
        "total_amount_usd",
        "10",
        "order_date",
        "2025-03-01T00:00:00Z");
  }

  private void load(SourceRecord... changes) {
    for (SourceRecord change : changes) {
      Pipeline pipeline = Pipeline.create();
      pipeline
          .apply(Create.of(change))
          .apply(BackfillUnchangedColumns.orders(warehouse.address()))
          .apply(CleanseSales.with(Rules.defaults()))
          .get(CleanseSales.MAIN)
          .apply(EnrichSales.with(Rules.defaults()))
          .get(EnrichSales.MAIN)
          .apply(WriteRows.sales(warehouse.address()));
      pipeline.run().waitUntilFinish();
    }
  }

  @Test
  void textsThatWereLeftOutStayAndSoDoesWhatIsDerivedFromThem() throws Exception {
    load(
        whole(1, "new"),
        change(
            2,
            "order_id",
            "O",
            "status",
            "paid",
            "customer_id",
            null,
            "total_amount_usd",
            "20",
            "order_date",
            "2025-03-01T00:00:00Z"));
    assertThat(
            warehouse.query(
                "SELECT order_number, customer_id, product_id, platform, city,"
                    + " payment_method_local, status, total_amount_usd, platform_commission,"
                    + " customer_key, product_key <> -1 FROM fact_sales"))
        .containsExactly(
            // A null that was carried is a null.
            Arrays.asList(
                "B",
                null,
                "P",
                "Shopee",
                "Hanoi",
                "E_Wallet_MoMo",
                "paid",
                "20.0000",
                "1.1000",
                "-1",
                "t"));
  }

  @Test
  void whatIsNotStoredYetIsTakenFromAnEarlierChangeOfTheBundle() throws Exception {
    load(whole(1, "stored"));
    List<SourceRecord> completed =
        complete(
            change(3, "order_id", "O", "total_amount_usd", "3"),
            whole(2, "earlier"),
            whole(4, "later"));
    assertThat(completed).hasSize(3);
    SourceRecord third =
        completed.stream().filter(c -> c.getCommitLsn() == 103L).findFirst().orElseThrow();
    assertThat(third.value("status")).isEqualTo("earlier");
    assertThat(third.value("total_amount_usd")).isEqualTo("3");
  }

  @Test
  void othersComeOutAsTheyWere() throws Exception {
    SourceRecord polled =
        SourceRecord.polled("oltp", "orders", "orders/O", List.of("order_id"), List.of("O"));
    SourceRecord unknown = change(1, "order_id", "new", "status", "x");
    SourceRecord whole = whole(1, "x");
    SourceRecord keyless = change(2, "status", "x");
    assertThat(complete(polled, unknown, whole, keyless))
        .containsExactlyInAnyOrder(polled, unknown, whole, keyless);
  }

  /** The cleansing makes dead letters of them. */
  @Test
  void aKeyThatCannotBeStoredIsNotAskedForAndHoldsNoOtherUp() throws Exception {
    load(whole(1, "stored"));
    SourceRecord nul = change(2, "order_id", "a\u0000b");
    SourceRecord surrogate = change(3, "order_id", "a\uD800b");
    List<SourceRecord> completed =
        complete(nul, surrogate, change(4, "order_id", "O", "total_amount_usd", "4"));
    assertThat(completed).contains(nul, surrogate).hasSize(3);
    assertThat(completed.get(2).value("status")).isEqualTo("stored");
  }

  private List<SourceRecord> complete(SourceRecord... records) throws Exception {
    var fn = new BackfillUnchangedColumns.CompleteRowsFn(warehouse.address(), StoredTexts.SALES);
    fn.setup();
    List<SourceRecord> completed = complete(fn, records);
    fn.teardown();
    return completed;
  }

  private static List<SourceRecord> complete(
      BackfillUnchangedColumns.CompleteRowsFn fn, SourceRecord... records) throws Exception {
    List<SourceRecord> completed = new ArrayList<>();
    fn.handle(
        List.of(records),
        new BundledFn.Outputs() {
          @Override
          public <X> void output(TupleTag<X> tag, X value) {
            completed.add((SourceRecord) value);
          }
        });
    return completed;
  }

  /** Bundles of two steps do not end together. */
  @Test
  void whatTheSinkStillHoldsIsTakenFromTheBundleBefore() throws Exception {
    load(whole(1, "stored"));
    var fn = new BackfillUnchangedColumns.CompleteRowsFn(warehouse.address(), StoredTexts.SALES);
    fn.setup();
    complete(fn, whole(2, "held"));
    // One that comes late is not the one before.
    complete(fn, whole(0, "old"));
    List<SourceRecord> third = complete(fn, change(3, "order_id", "O", "city", "hue"));
    List<SourceRecord> fourth = complete(fn, change(4, "order_id", "O", "total_amount_usd", "4"));
    fn.teardown();
    assertThat(third.get(0).value("status")).isEqualTo("held");
    assertThat(fourth.get(0).value("status")).isEqualTo("held");
    assertThat(fourth.get(0).value("city")).isEqualTo("hue");
  }

  @Test
  void paymentsAreCompletedToo() throws Exception {
    for (SourceRecord change :
        List.of(
            change(
                1, "transaction_id", "T", "order_id", "O", "payment_method", "cod", "status", "a"),
            change(2, "transaction_id", "T", "amount_usd", "5"))) {
      Pipeline pipeline = Pipeline.create();
      pipeline
          .apply(Create.of(change))
          .apply(BackfillUnchangedColumns.transactions(warehouse.address()))
          .apply(CleanseTransactions.with(Rules.defaults()))
          .get(CleanseTransactions.MAIN)
          .apply(WriteRows.transactions(warehouse.address()));
      pipeline.run().waitUntilFinish();
    }
    assertThat(
            warehouse.query(
                "SELECT order_id, payment_method_local, status, amount_usd FROM fact_transactions"))
        .containsExactly(List.of("O", "COD", "a", "5.0000"));
  }
}
