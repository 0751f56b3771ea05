package vn.phusa.pipelines.io.warehouse.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vn.phusa.pipelines.io.warehouse.Cases;
import vn.phusa.pipelines.io.warehouse.TestWarehouse;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.cleansing.CleanseTransactions;
import vn.phusa.transforms.cleansing.SaleCleanser;
import vn.phusa.transforms.enrichment.SaleEnricher;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.rules.Rules;

/** What a captured change did not carry stays as it was. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnchangedColumnsIT {
  private static final Rules RULES = Rules.defaults();
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

  private void load(SourceRecord... changes) throws Exception {
    for (SourceRecord change : changes) {
      loadTogether(List.of(change));
    }
  }

  private void loadTogether(List<SourceRecord> changes) throws Exception {
    SaleCleanser cleanser = new SaleCleanser(RULES);
    SaleEnricher enricher = new SaleEnricher(RULES);
    List<EnrichedSale> sales = new ArrayList<>();
    for (SourceRecord change : changes) {
      sales.add(enricher.enrich(cleanser.cleanse(change)));
    }
    try (var batches = warehouse.writing(new FactWriter<>(new FactSales(RULES)))) {
      batches.write(sales, TestWarehouse::refuse);
    }
  }

  private List<List<String>> row() throws Exception {
    return warehouse.query(
        "SELECT f.order_number, f.customer_id, f.product_id, f.platform, f.city,"
            + " payment_method_local, status, total_amount_usd, platform_commission,"
            + " c.customer_id, p.product_id, g.city, pl.platform, is_counted, f.is_deleted"
            + " FROM fact_sales f LEFT JOIN dim_customer c USING (customer_key)"
            + " LEFT JOIN dim_product p USING (product_key)"
            + " LEFT JOIN dim_geography g USING (geography_key)"
            + " LEFT JOIN dim_platform pl USING (platform_key)");
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
  void anyOrderBundlingAndRepetitionGiveTheSameRow() throws Exception {
    List<SourceRecord> changes =
        List.of(
            whole(1, "first"),
            change(2, "order_id", "O", "status", "paid", "total_amount_usd", "20"),
            change(3, "order_id", "O", "platform", "Tiki", "city", "hue", "total_amount_usd", "30"),
            change(4, "order_id", "O", "payment_method", "cod", "total_amount_usd", "40"),
            change(5, "order_id", "O", "product_id", "P2", "total_amount_usd", "50"));
    load(changes.toArray(new SourceRecord[0]));
    List<List<String>> expected = row();
    assertThat(expected.get(0).subList(0, 9))
        .containsExactly("B", "C", "P2", "Tiki", "Hue", "COD", "paid", "50.0000", "4.0000");
    for (int seed = 0; seed < 30; seed++) {
      empty();
      Random random = new Random(seed);
      List<SourceRecord> shuffled = new ArrayList<>(changes);
      shuffled.add(changes.get(random.nextInt(changes.size())));
      Collections.shuffle(shuffled, random);
      for (int from = 0; from < shuffled.size(); ) {
        int to = Math.min(shuffled.size(), from + 1 + random.nextInt(3));
        loadTogether(shuffled.subList(from, to));
        from = to;
      }
      assertThat(row()).as("seed " + seed).isEqualTo(expected);
    }
  }

  /** A snapshot's row and the update that leaves its long text out: apart, together, turned. */
  @Test
  void theLongTextOfASnapshotStays() throws Exception {
    List<SourceRecord> changes = Cases.orders("unchanged-in-one-read.jsonl");
    String text = changes.get(0).value("status");
    assertThat(text).hasSizeGreaterThan(1_000);
    for (List<SourceRecord> order : List.of(changes, List.of(changes.get(1), changes.get(0)))) {
      empty();
      load(order.toArray(new SourceRecord[0]));
      assertThat(statusAndAmount()).containsExactly(List.of(text.strip(), "20.0000"));
      empty();
      loadTogether(order);
      assertThat(statusAndAmount()).containsExactly(List.of(text.strip(), "20.0000"));
    }
  }

  private List<List<String>> statusAndAmount() throws Exception {
    return warehouse.query("SELECT btrim(status), total_amount_usd FROM fact_sales");
  }

  @Test
  void theSameChangesAgainWriteNothing() throws Exception {
    SourceRecord whole = whole(1, "first");
    SourceRecord partial = change(2, "order_id", "O", "total_amount_usd", "20");
    load(partial, whole);
    String before = "SELECT updated_at, xmin, column_marks FROM fact_sales";
    List<List<String>> row = warehouse.query(before);
    load(whole, partial);
    loadTogether(List.of(partial, whole));
    assertThat(warehouse.query(before)).isEqualTo(row);
  }

  @Test
  void aWholeStateNeedsNoMarksOfColumnsAnyMore() throws Exception {
    load(change(1, "order_id", "O", "total_amount_usd", "20"), whole(0, "first"));
    assertThat(warehouse.count("SELECT count(*) FROM fact_sales WHERE column_marks IS NOT NULL"))
        .isEqualTo(1);
    load(whole(2, "second"));
    assertThat(warehouse.query("SELECT status, column_marks FROM fact_sales"))
        .containsExactly(Arrays.asList("second", null));
  }

  @Test
  void aTextIsFoundAgainAcrossADelete() throws Exception {
    SourceRecord deleted =
        SourceRecord.create(
            "oltp",
            "orders",
            "cdc_orders/0/2",
            Operation.DELETE,
            COMMITTED + 2_000_000L,
            102L,
            0,
            List.of("order_id"),
            List.of("O"));
    load(change(3, "order_id", "O", "total_amount_usd", "3"), deleted, whole(1, "first"));
    assertThat(warehouse.query("SELECT status, is_deleted, total_amount_usd FROM fact_sales"))
        .containsExactly(List.of("first", "f", "3.0000"));
  }

  @Test
  void paymentsKeepTheirTextsToo() throws Exception {
    List<SourceRecord> changes =
        List.of(
            change(
                1, "transaction_id", "T", "order_id", "O", "payment_method", "cod", "status", "a"),
            change(2, "transaction_id", "T", "amount_usd", "5"));
    for (List<SourceRecord> order : List.of(changes, List.of(changes.get(1), changes.get(0)))) {
      empty();
      for (SourceRecord change : order) {
        Pipeline pipeline = Pipeline.create();
        pipeline
            .apply(Create.of(change))
            .apply(CleanseTransactions.with(RULES))
            .get(CleanseTransactions.MAIN)
            .apply(WriteRows.transactions(warehouse.address(), RULES));
        pipeline.run().waitUntilFinish();
      }
      assertThat(
              warehouse.query(
                  "SELECT order_id, payment_method_local, status, amount_usd"
                      + " FROM fact_transactions"))
          .containsExactly(List.of("O", "COD", "a", "5.0000"));
    }
  }
}
