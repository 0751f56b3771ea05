package vn.phusa.pipelines.io.warehouse.dimension;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.postgres.batch.TransactionalBatches;
import vn.phusa.pipelines.io.warehouse.TestStates;
import vn.phusa.pipelines.io.warehouse.TestWarehouse;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.scd.Change;
import vn.phusa.transforms.scd.DimensionChange;
import vn.phusa.transforms.scd.DimensionSpec;

/**
 * A product with many movements of stock behind it costs as one without: by
 * -Dphusa.movements=1000000 a million, and the log tells what a flush of each takes.
 */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockMovementsIT {
  private static final Logger LOG = LoggerFactory.getLogger(StockMovementsIT.class);
  private static final int MOVEMENTS = Integer.getInteger("phusa.movements", 20_000);
  private static final int BATCH = 20_000;
  private static final int FLUSHES = 100;

  private TestWarehouse warehouse;

  @BeforeAll
  void migrate(FreshDatabase database) throws Exception {
    warehouse = TestWarehouse.in(database);
  }

  @Test
  void ofManyMovementsTheNewestIsKept() throws Exception {
    try (var writing = warehouse.writing(new DimensionWriter(DimensionSpec.PRODUCT))) {
      writing.write(
          List.of(TestStates.product("busy", "Nến", 1), TestStates.product("quiet", "Nến", 1)),
          TestWarehouse::refuse);
      List<DimensionChange> batch = new ArrayList<>(BATCH);
      for (int i = 0; i < MOVEMENTS; i++) {
        batch.add(movement("busy", i));
        if (batch.size() == BATCH) {
          Collections.shuffle(batch, new Random(i));
          writing.write(batch, TestWarehouse::refuse);
          batch.clear();
        }
      }
      writing.write(batch, TestWarehouse::refuse);
      compare(writing);
    }
    assertThat(warehouse.query("SELECT key, count(*) FROM scd_change GROUP BY key ORDER BY key"))
        .as("the product and its newest movement")
        .containsExactly(List.of("busy", "2"), List.of("quiet", "2"));
    assertThat(
            warehouse.query(
                "SELECT stock FROM dim_product WHERE product_id = 'busy' AND is_current"))
        .containsExactly(List.of(Integer.toString((MOVEMENTS + FLUSHES) % 1_000)));
  }

  private void compare(TransactionalBatches<DimensionChange> writing) throws Exception {
    long[] busy = new long[FLUSHES];
    long[] quiet = new long[FLUSHES];
    for (int i = 0; i < FLUSHES; i++) {
      busy[i] = nanosOf(writing, movement("busy", MOVEMENTS + 1 + i));
      quiet[i] = nanosOf(writing, movement("quiet", MOVEMENTS + 1 + i));
    }
    Arrays.sort(busy);
    Arrays.sort(quiet);
    LOG.info(
        "a flush after {} movements: {} us, after none: {} us (medians of {})",
        MOVEMENTS,
        busy[FLUSHES / 2] / 1_000,
        quiet[FLUSHES / 2] / 1_000,
        FLUSHES);
  }

  private static long nanosOf(
      TransactionalBatches<DimensionChange> writing, DimensionChange movement) throws Exception {
    long begin = System.nanoTime();
    writing.write(List.of(movement), TestWarehouse::refuse);
    return System.nanoTime() - begin;
  }

  private static DimensionChange movement(String product, int n) {
    int stock = DimensionSpec.PRODUCT.indexOf("stock");
    String[] values = new String[DimensionSpec.PRODUCT.attributes().size()];
    values[stock] = Integer.toString(n % 1_000);
    return DimensionChange.create(
        product,
        Change.create(
            ChangeStamp.polled(1_800_000_000_000_000L + n * 1_000_000L),
            Operation.UPSERT,
            Arrays.asList(values),
            DimensionSpec.PRODUCT.allMask() & ~(1L << stock)),
        "inventory_events",
        "inventory_events/0/" + n);
  }
}
