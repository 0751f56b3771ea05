package vn.phusa.pipelines.io.warehouse.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.pipelines.io.postgres.batch.TransactionalBatches;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.warehouse.TestWarehouse;
import vn.phusa.pipelines.io.warehouse.deadletter.DeadLetterWriter;
import vn.phusa.pipelines.io.warehouse.dimension.DimensionWriter;
import vn.phusa.pipelines.io.warehouse.ledger.CountedParts;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.StorableText;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.scd.Change;
import vn.phusa.transforms.scd.DimensionChange;
import vn.phusa.transforms.scd.DimensionSpec;

/** Rows that no cleansing saw: the one that the database refuses is found, the others are there. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnstorableRowsIT {
  private static final long TIME = 1_700_000_000_000_000L;
  private static final BigDecimal TOO_GREAT = new BigDecimal("1e15");

  private TestWarehouse warehouse;

  @BeforeAll
  void migrate(FreshDatabase database) throws Exception {
    warehouse = TestWarehouse.in(database);
  }

  @BeforeEach
  void empty() throws Exception {
    warehouse.execute(
        "TRUNCATE fact_sales, scd_change, rekey, dead_letter, etl_count;"
            + " DELETE FROM dim_product WHERE product_key <> -1;"
            + " DELETE FROM dim_customer WHERE customer_key <> -1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\uD800", "\uDC00a", "\uD83D\uD83D\uDE00"})
  void aSaleWithHalfACharacterIsRefusedWhereverItStands(String bad) throws Exception {
    List<EnrichedSale> sales = new ArrayList<>();
    sales.add(sale("good-1", "C1", "P1", "paid", "1"));
    sales.add(sale(bad, "C1", "P1", "paid", "1"));
    sales.add(sale("bad-customer", bad, "P1", "paid", "1"));
    sales.add(sale("bad-product", "C1", bad, "paid", "1"));
    sales.add(sale("bad-status", "C1", "P1", bad, "1"));
    sales.add(sale("good-2", "C2", "P2", "paid", "1"));
    // The older of two states is stale, but its members would be inferred.
    sales.add(sale("twice", "C2", "P2", "paid", "1"));
    sales.add(older(sale("twice", bad, "P2", "paid", "1")));

    List<DeadLetter> rejected = writeSales(sales);

    assertThat(keys()).containsExactly("good-1", "good-2", "twice");
    assertThat(rejected)
        .hasSize(5)
        .allMatch(deadLetter -> deadLetter.getReason().equals("unstorable_text"));
    for (DeadLetter deadLetter : rejected) {
      assertThat(deadLetter.getPayloadEncoding()).isEqualTo(DeadLetter.Encoding.BASE64);
      assertThat(new Payload(deadLetter.getPayload(), DeadLetter.Encoding.BASE64).json())
          .as("the characters as they came")
          .contains(bad.equals("a\u0000b") ? "a\\u0000b" : bad);
      assertThat(StorableText.problem(deadLetter.getPosition())).isNull();
    }
    assertThat(members("customer")).containsExactly("C1", "C2");
    assertThat(members("product")).containsExactly("P1", "P2");
    keep(rejected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\uD800", "\uDC00a"})
  void aChangeWithHalfACharacterIsRefusedInKeyAndValue(String bad) throws Exception {
    List<DimensionChange> changes =
        List.of(change("good-1", "name"), change(bad, "name"), change("bad-name", bad));
    List<DeadLetter> rejected = new ArrayList<>();
    try (var writing = warehouse.writing(new DimensionWriter(DimensionSpec.PRODUCT))) {
      writing.write(changes, rejected::add);
      // Again, with a neighbour: what is there stays, what is bad stays out.
      writing.write(List.of(change("good-2", "n"), change(bad, "name")), rejected::add);
    }

    assertThat(members("product")).containsExactly("good-1", "good-2");
    assertThat(rejected)
        .hasSize(3)
        .allMatch(deadLetter -> deadLetter.getReason().equals("unstorable_text"));
    assertThat(
            new Payload(rejected.get(1).getPayload(), rejected.get(1).getPayloadEncoding()).json())
        .contains("\"product_id\":\"bad-name\"", "\"last_modified\":\"2023-11-14 22:13:20");
    assertThat(keep(rejected)).isEqualTo(2);
  }

  @Test
  void oneBadRowAmongTenThousandIsFound() throws Exception {
    List<EnrichedSale> sales = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      sales.add(sale("O" + i, "C" + i % 100, "P" + i % 10, "paid", "12.5"));
    }
    sales.set(new Random(7).nextInt(10_000), sale("too-great", "C1", "P1", "paid", TOO_GREAT));

    StepId step = new StepId(RunId.random(), "test");
    List<DeadLetter> rejected = new ArrayList<>();
    try (var writing =
        new TransactionalBatches<>(
            warehouse.address(),
            new CountedParts(step),
            new FactWriter<>(new FactSales(Rules.defaults())))) {
      writing.write(sales, rejected::add);
    }

    assertThat(rejected).hasSize(1);
    DeadLetter deadLetter = rejected.get(0);
    assertThat(deadLetter.getReason()).isEqualTo("refused_22003");
    assertThat(deadLetter.getPayload())
        .contains("\"order_id\":\"too-great\"", "\"total_amount_usd\":\"1000000000000000\"");
    assertThat(warehouse.count("SELECT count(*) FROM fact_sales")).isEqualTo(9_999);
    assertThat(warehouse.count("SELECT sum(rows_loaded) FROM etl_count")).isEqualTo(9_999);
    assertThat(warehouse.count("SELECT sum(rows_skipped) FROM etl_count")).isZero();
  }

  @Test
  void aFaultOfTheSourceIsNotTakenForBadRows() {
    List<EnrichedSale> sales = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      sales.add(sale("O" + i, null, null, "paid", TOO_GREAT));
    }
    assertThat(catchThrowable(() -> writeSales(sales)))
        .hasMessageContaining("it refuses more than 1000 rows of one batch")
        .hasMessageNotContaining("O1");
  }

  private List<DeadLetter> writeSales(List<EnrichedSale> sales) throws Exception {
    List<DeadLetter> rejected = new ArrayList<>();
    try (var writing = warehouse.writing(new FactWriter<>(new FactSales(Rules.defaults())))) {
      writing.write(sales, rejected::add);
    }
    return rejected;
  }

  /** Writes the dead letters too, and says how many there are then. */
  private long keep(List<DeadLetter> deadLetters) throws Exception {
    StepId step = new StepId(RunId.random(), "test");
    try (var writing = warehouse.writing(new DeadLetterWriter(step))) {
      writing.write(deadLetters, deadLetter -> {});
    }
    return warehouse.count("SELECT count(*) FROM dead_letter");
  }

  private List<String> keys() throws Exception {
    return warehouse.query("SELECT order_id FROM fact_sales ORDER BY 1").stream()
        .map(row -> row.get(0))
        .toList();
  }

  private List<String> members(String dimension) throws Exception {
    return warehouse
        .query("SELECT %1$s_id FROM dim_%1$s WHERE %1$s_key <> -1 ORDER BY 1".formatted(dimension))
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  private static DimensionChange change(String key, String name) {
    List<String> values =
        new ArrayList<>(Collections.nCopies(DimensionSpec.PRODUCT.attributes().size(), null));
    values.set(DimensionSpec.PRODUCT.indexOf("name"), name);
    return DimensionChange.create(
        key, Change.upsert(ChangeStamp.polled(TIME), values), "test", "products/" + key);
  }

  private static EnrichedSale older(EnrichedSale sale) {
    return EnrichedSale.builder()
        .setSale(sale.getSale().toBuilder().setStamp(ChangeStamp.polled(TIME - 1)).build())
        .setTimeKey(sale.getTimeKey())
        .build();
  }

  private static EnrichedSale sale(
      String order, String customer, String product, String status, String total) {
    return sale(order, customer, product, status, new BigDecimal(total));
  }

  private static EnrichedSale sale(
      String order, String customer, String product, String status, BigDecimal total) {
    Sale sale =
        Sale.builder()
            .setSource("test")
            .setPosition("orders/" + order)
            .setStamp(ChangeStamp.polled(TIME))
            .setOperation(Operation.UPSERT)
            .setOrderId(order)
            .setCustomerId(customer)
            .setProductId(product)
            .setStatus(status)
            .setTotalAmountUsd(total)
            .setOrderMicros(TIME)
            .build();
    return EnrichedSale.builder().setSale(sale).setTimeKey(20231115).build();
  }
}
