package vn.phusa.pipelines.io.warehouse.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vn.phusa.pipelines.io.warehouse.TestStates;
import vn.phusa.pipelines.io.warehouse.TestWarehouse;
import vn.phusa.pipelines.io.warehouse.dimension.DimensionWriter;
import vn.phusa.pipelines.io.warehouse.dimension.RekeyPeriodically;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.InventoryMovement;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.scd.Change;
import vn.phusa.transforms.scd.DimensionChange;
import vn.phusa.transforms.scd.DimensionSpec;

/** Movements of stock refer to the product as it was when they happened. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InventoryIT {
  private static final long START = 1_700_000_000_000_000L;
  private static final String EVENTS_AND_PRODUCTS =
      "SELECT f.event_id, f.product_id, d.product_id, d.name, f.warehouse, f.quantity_change,"
          + " f.stock_after, f.reason, f.event_timestamp FROM fact_inventory f"
          + " LEFT JOIN dim_product d USING (product_key) ORDER BY 1";

  private TestWarehouse warehouse;

  @BeforeAll
  void migrate(FreshDatabase database) throws Exception {
    warehouse = TestWarehouse.in(database);
  }

  @BeforeEach
  void empty() throws Exception {
    warehouse.execute(
        "TRUNCATE fact_inventory, scd_change, rekey; DELETE FROM dim_product WHERE product_key <> -1");
  }

  private static InventoryMovement movement(String event, String product, int second) {
    return InventoryMovement.builder()
        .setSource("inventory_events")
        .setPosition("inventory_events/0/" + event)
        .setStamp(ChangeStamp.polled(START + second * 1_000_000L))
        .setEventId(event)
        .setProductId(product)
        .setWarehouse("Kho 1")
        .setQuantityChange(-second)
        .setStockAfter(100 - second)
        .build();
  }

  private void write(List<InventoryMovement> movements) throws Exception {
    try (var writing = warehouse.writing(new FactWriter<>(new FactInventory()))) {
      writing.write(movements, TestWarehouse::refuse);
    }
  }

  private void change(DimensionChange... changes) throws Exception {
    try (var writing = warehouse.writing(new DimensionWriter(DimensionSpec.PRODUCT))) {
      for (DimensionChange change : changes) {
        writing.write(List.of(change), TestWarehouse::refuse);
      }
    }
  }

  @Test
  void anyOrderEndsInTheSameRowsWithTheProductOfThatTime() throws Exception {
    List<List<String>> expected = null;
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      List<InventoryMovement> movements = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        movements.add(movement("E" + i, i == 0 ? null : "P" + i % 3, i % 7));
      }
      movements.addAll(List.copyOf(movements.subList(0, 5)));
      Collections.shuffle(movements, random);
      write(movements.subList(0, 12));
      change(TestStates.product("P1", "first", 2), TestStates.product("P1", "second", 4));
      write(movements.subList(12, movements.size()));
      warehouse.rekey();
      List<List<String>> rows = warehouse.query(EVENTS_AND_PRODUCTS);
      expected = expected == null ? rows : expected;
      assertThat(rows).hasSize(20).as("seed " + seed).isEqualTo(expected);
      empty();
    }
    assertThat(expected.toString()).contains("first", "second");
  }

  @Test
  void ofMovementsOfStockTheNewestAloneIsKept() throws Exception {
    change(TestStates.product("P", "pot", 1));
    for (int second : new int[] {5, 3, 9, 7, 9}) {
      change(stock("P", second));
    }
    assertThat(warehouse.query("SELECT name, stock FROM dim_product WHERE product_id = 'P'"))
        .isEqualTo(List.of(List.of("pot", "91")));
    assertThat(warehouse.count("SELECT count(*) FROM scd_change"))
        .as("the product's state and one movement")
        .isEqualTo(2);
  }

  private static DimensionChange stock(String product, int second) {
    DimensionSpec spec = DimensionSpec.PRODUCT;
    List<String> values = new ArrayList<>(Collections.nCopies(spec.attributes().size(), null));
    values.set(spec.indexOf("stock"), Integer.toString(100 - second));
    long absent = spec.allMask() & ~(1L << spec.indexOf("stock"));
    ChangeStamp stamp = ChangeStamp.polled(START + second * 1_000_000L);
    return DimensionChange.create(
        product,
        Change.create(stamp, Operation.UPSERT, values, absent),
        "inventory_events",
        "inventory_events/0/" + second);
  }

  @Test
  void aRepeatWritesNothing() throws Exception {
    write(List.of(movement("E", "P", 1)));
    List<List<String>> before = warehouse.query("SELECT xmin, ctid, f.* FROM fact_inventory f");
    write(List.of(movement("E", "P", 1)));
    assertThat(warehouse.query("SELECT xmin, ctid, f.* FROM fact_inventory f")).isEqualTo(before);
  }

  @Test
  void aStreamSettlesKeysByItself() throws Exception {
    write(List.of(movement("E", "P", 3)));
    change(TestStates.product("P", "later", 9), TestStates.product("P", "then", 2));
    assertThat(warehouse.count("SELECT count(*) FROM rekey")).isPositive();
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(
            TestStream.create(VarLongCoder.of()).addElements(0L, 1L).advanceWatermarkToInfinity())
        .apply(ParDo.of(new RekeyPeriodically.RekeyFn(warehouse.address())));
    pipeline.run().waitUntilFinish();
    assertThat(warehouse.query(EVENTS_AND_PRODUCTS).get(0).get(3)).isEqualTo("then");
    assertThat(warehouse.count("SELECT count(*) FROM rekey")).isZero();
  }
}
