package vn.phusa.transforms.cleansing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import vn.phusa.transforms.enrichment.EnrichSales;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.rules.Rules;

/** Hostile input through the transforms, on the DirectRunner with its checks on. */
class CleanseTransformsTest {

  private static final List<String> CUSTOMERS =
      List.of(
          "customer_id",
          "full_name",
          "email",
          "phone",
          "date_of_birth",
          "gender",
          "registration_date",
          "city",
          "state",
          "country",
          "postal_code",
          "customer_segment",
          "income_level",
          "monthly_spending_usd",
          "preferred_device",
          "preferred_payment_method",
          "shopping_frequency",
          "vietnam_region_preference",
          "last_modified");
  private static final List<String> PRODUCTS =
      List.of(
          "product_id",
          "name",
          "category",
          "brand",
          "platform",
          "price_usd",
          "price_vnd",
          "stock",
          "rating",
          "review_count",
          "last_modified");
  private static final List<String> ORDERS =
      List.of(
          "order_id",
          "order_number",
          "customer_id",
          "product_id",
          "platform",
          "city",
          "quantity",
          "unit_price_usd",
          "subtotal_usd",
          "discount_amount_usd",
          "tax_amount_usd",
          "shipping_cost_usd",
          "total_amount_usd",
          "profit_margin_usd",
          "payment_method",
          "vietnam_promotion_applied",
          "status",
          "order_date",
          "last_modified");
  private static final List<String> TRANSACTIONS =
      List.of(
          "transaction_id",
          "order_id",
          "payment_method",
          "amount_usd",
          "status",
          "transaction_date",
          "last_modified");

  /** What is put into one field after the other of an otherwise empty record. */
  private static final List<String> HOSTILE =
      Arrays.asList(
          null,
          "",
          " ",
          "-1",
          "a\0b",
          "a\ud800",
          "\udc00a",
          "text where a number belongs",
          "NaN",
          "Infinity",
          "1e999999999",
          "-99999999999999.9999",
          "99999999999999.9999",
          "100000000000000",
          "9".repeat(10_000),
          "2147483648",
          "5.5",
          "0001-01-01",
          "9999-12-31",
          "0001-01-01 00:00:00+00",
          "9999-12-31 23:59:59.999999+00",
          "infinity",
          "0044-03-15 BC",
          "x".repeat(10_000),
          "\u0301\u200B\uFEFF",
          "'; drop table orders; --");

  private static List<SourceRecord> hostile(List<String> columns) {
    List<SourceRecord> records = new ArrayList<>();
    for (String column : columns) {
      for (String value : HOSTILE) {
        List<@Nullable String> values = new ArrayList<>();
        for (String name : columns) {
          values.add(
              name.equals(column)
                  ? value
                  : name.equals(columns.get(0))
                      ? "K"
                      : name.equals("last_modified") ? Records.MODIFIED : null);
        }
        records.add(SourceRecord.polled("oltp", "any", "any/" + records.size(), columns, values));
      }
    }
    return records;
  }

  private static Pipeline pipeline() {
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs(
                "--runner=DirectRunner",
                "--stableUniqueNames=ERROR",
                "--enforceImmutability=true",
                "--enforceEncodability=true",
                "--targetParallelism=1")
            .create();
    return Pipeline.create(options);
  }

  /** Runs all hostile records through; asserts that each came out once, and how many as what. */
  private static <T> void assertConserved(
      List<String> columns,
      PTransform<PCollection<SourceRecord>, PCollectionTuple> transform,
      TupleTag<T> main,
      TupleTag<DeadLetter> deadLetters) {
    List<SourceRecord> records = hostile(columns);
    Pipeline pipeline = pipeline();
    PCollectionTuple out =
        pipeline.apply("Records", Create.of(records)).apply("Cleanse", transform);
    PAssert.thatSingleton(out.get(main).apply("Count main", Count.globally()))
        .satisfies(
            count -> {
              assertThat(count).isGreaterThan(columns.size());
              return null;
            });
    long expected = records.size();
    PCollection<DeadLetter> dead = out.get(deadLetters);
    PAssert.that(dead)
        .satisfies(
            letters -> {
              for (DeadLetter letter : letters) {
                assertThat(letter.getError()).doesNotContain("\0").doesNotContain("xxxx");
                assertThat(letter.getPayload()).isNotEmpty();
              }
              return null;
            });
    PAssert.thatSingleton(
            PCollectionList.of(out.get(main).apply("Main count", Count.globally()))
                .and(dead.apply("Dead count", Count.globally()))
                .apply("All", org.apache.beam.sdk.transforms.Flatten.pCollections())
                .apply("Sum", org.apache.beam.sdk.transforms.Sum.longsGlobally()))
        .satisfies(
            sum -> {
              assertThat(sum).isEqualTo(expected);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  @DisplayName("law of conservation: customers")
  void customers() {
    assertConserved(
        CUSTOMERS,
        CleanseCustomers.with(Rules.defaults()),
        CleanseCustomers.MAIN,
        CleanseCustomers.DEAD_LETTERS);
  }

  @Test
  @DisplayName("law of conservation: products")
  void products() {
    assertConserved(
        PRODUCTS,
        CleanseProducts.with(Rules.defaults()),
        CleanseProducts.MAIN,
        CleanseProducts.DEAD_LETTERS);
  }

  @Test
  @DisplayName("law of conservation: sales")
  void sales() {
    assertConserved(
        ORDERS, CleanseSales.with(Rules.defaults()), CleanseSales.MAIN, CleanseSales.DEAD_LETTERS);
  }

  @Test
  @DisplayName("law of conservation: transactions")
  void transactions() {
    assertConserved(
        TRANSACTIONS,
        CleanseTransactions.with(Rules.defaults()),
        CleanseTransactions.MAIN,
        CleanseTransactions.DEAD_LETTERS);
  }

  @Test
  void theReasonsOfDeadLettersAreReported() {
    Pipeline pipeline = pipeline();
    PCollectionTuple out =
        pipeline
            .apply("Records", Create.of(hostile(List.of("order_id", "quantity", "last_modified"))))
            .apply("Cleanse", CleanseSales.with(Rules.defaults()));
    PAssert.that(out.get(CleanseSales.DEAD_LETTERS))
        .satisfies(
            letters -> {
              Map<String, Integer> reasons = new TreeMap<>();
              letters.forEach(letter -> reasons.merge(letter.getReason(), 1, Integer::sum));
              assertThat(reasons.keySet())
                  .containsExactlyInAnyOrder(
                      "missing_key",
                      "reserved_key",
                      "key_too_long",
                      "nul_character",
                      "lone_surrogate",
                      "not_a_number",
                      "not_an_integer",
                      "out_of_range",
                      "missing_time",
                      "not_a_time");
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void salesAreEnrichedOrDead() {
    Rules rules = Rules.load(new StringReader("exchangeRate: [{rate: 1000000000000}]"));
    Pipeline pipeline = pipeline();
    PCollection<Sale> sales =
        pipeline
            .apply(
                "Records",
                Create.of(
                    Records.row("order_id", "total_amount_usd", "10", "city", "hn"),
                    Records.row("order_id", "total_amount_usd", "99999999999999"),
                    Records.of(Operation.DELETE, 5L, "order_id", "O")))
            .apply("Cleanse", CleanseSales.with(rules))
            .get(CleanseSales.MAIN);
    PCollectionTuple out = sales.apply("Enrich", EnrichSales.with(rules));
    PAssert.that(out.get(EnrichSales.MAIN))
        .satisfies(
            enriched -> {
              List<EnrichedSale> all = new ArrayList<>();
              enriched.forEach(all::add);
              assertThat(all).hasSize(2);
              assertThat(all).extracting(EnrichedSale::getRegion).containsOnly("North", null);
              return null;
            });
    PAssert.that(out.get(EnrichSales.DEAD_LETTERS))
        .satisfies(
            letters -> {
              DeadLetter letter = letters.iterator().next();
              assertThat(letter.getReason()).isEqualTo("out_of_range");
              assertThat(letter.getStage()).isEqualTo("enrich-sales");
              assertThat(letter.getPayload())
                  .contains("\"total_amount_usd\":\"99999999999999.0000\"")
                  .contains("\"last_modified\":\"2025-03-01T02:14:59.998877Z\"");
              return null;
            });
    pipeline.run().waitUntilFinish();
  }
}
