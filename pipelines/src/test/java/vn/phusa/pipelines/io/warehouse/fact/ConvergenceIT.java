package vn.phusa.pipelines.io.warehouse.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vn.phusa.pipelines.io.postgres.batch.TransactionalBatches;
import vn.phusa.pipelines.io.warehouse.RandomShop;
import vn.phusa.pipelines.io.warehouse.TestWarehouse;
import vn.phusa.pipelines.io.warehouse.dimension.DimensionWriter;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.scd.DimensionChange;
import vn.phusa.transforms.scd.DimensionSpec;

/** Whatever the order, the batching, the repetition and the writers: the same rows in the end. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConvergenceIT {
  /** Ten in each build; more by -Dphusa.mixtures=100. */
  private static final int TRIES = Integer.getInteger("phusa.mixtures", 10);

  private static final int KEYS = 12;
  private static final int MAX_CHANGES = 6;

  private TestWarehouse warehouse;

  @BeforeAll
  void migrate(FreshDatabase database) throws Exception {
    warehouse = TestWarehouse.in(database);
  }

  /** A write that may come at any place among the others. */
  private interface Write {
    void run(Writers writers) throws SQLException;
  }

  /** One connection for each table. */
  private final class Writers implements AutoCloseable {
    private final TransactionalBatches<DimensionChange> products =
        warehouse.writing(new DimensionWriter(DimensionSpec.PRODUCT));
    private final TransactionalBatches<EnrichedSale> sales =
        warehouse.writing(new FactWriter<>(new FactSales(RandomShop.RULES)));

    @Override
    public void close() {
      products.close();
      sales.close();
    }
  }

  @Test
  void anyOrderBatchingAndRepetitionOfChangesAndFactsEndsInTheSameRows() throws Exception {
    for (int seed = 0; seed < TRIES; seed++) {
      Rows expected = inOneBatchEach(seed);
      try (Writers writers = new Writers()) {
        for (Write write : shuffledWrites(seed, new Random(seed))) {
          write.run(writers);
        }
      }
      assertSame(seed, settledRows(), expected);
    }
  }

  @Test
  void fourWritersOnTheSameKeysLoseNothing() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int seed = 1_000; seed < 1_008; seed++) {
      Rows expected = inOneBatchEach(seed);
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        // Each writes all of it, in an order of its own, settling in between.
        List<Write> writes = shuffledWrites(seed, new Random(seed * 31L + writer));
        tasks.add(
            () -> {
              try (Writers writers = new Writers()) {
                for (int i = 0; i < writes.size(); i++) {
                  writes.get(i).run(writers);
                  if (i % 7 == 3) {
                    warehouse.rekey();
                  }
                }
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(tasks, 2, TimeUnit.MINUTES)) {
        done.get();
      }
      assertSame(seed, settledRows(), expected);
    }
    threads.shutdown();
  }

  private static void assertSame(long seed, Rows actual, Rows expected) {
    assertThat(actual.versions).as("seed " + seed).containsExactlyElementsOf(expected.versions);
    assertThat(actual.facts).as("seed " + seed).containsExactlyElementsOf(expected.facts);
  }

  private record Rows(List<List<String>> versions, List<List<String>> facts) {}

  /** The rows of an undisturbed load; afterwards the tables are empty again. */
  private Rows inOneBatchEach(long seed) throws SQLException {
    try (Writers writers = new Writers()) {
      RandomShop shop = new RandomShop(seed);
      writers.products.write(shop.productChanges(KEYS, MAX_CHANGES), TestWarehouse::refuse);
      writers.sales.write(shop.sales(KEYS, 3, 3), TestWarehouse::refuse);
    }
    Rows rows = settledRows();
    assertThat(rows.versions).isNotEmpty();
    assertThat(rows.facts).isNotEmpty();
    return rows;
  }

  /** What is there once all facts have the right versions; then the tables are emptied. */
  private Rows settledRows() throws SQLException {
    // An entry stays while any older transaction of the server is open: autovacuum's, say.
    Awaitility.await()
        .untilAsserted(
            () -> {
              warehouse.rekey();
              assertThat(warehouse.count("SELECT count(*) FROM rekey")).isZero();
            });
    assertEveryFactIsAsOf();
    assertVersionsAreSound();
    Rows rows = new Rows(versions(), facts());
    warehouse.execute(
        "TRUNCATE fact_sales, scd_change, rekey; DELETE FROM dim_product WHERE product_key <> -1");
    return rows;
  }

  /** All changes and states, some twice, in random order and random batches. */
  private static List<Write> shuffledWrites(long seed, Random random) {
    RandomShop shop = new RandomShop(seed);
    List<DimensionChange> changes = shuffledTwice(shop.productChanges(KEYS, MAX_CHANGES), random);
    List<EnrichedSale> sales = shuffledTwice(shop.sales(KEYS, 3, 3), random);
    List<Write> writes = new ArrayList<>();
    for (List<DimensionChange> batch : batches(changes, random)) {
      writes.add(writers -> writers.products.write(batch, TestWarehouse::refuse));
    }
    for (List<EnrichedSale> batch : batches(sales, random)) {
      writes.add(writers -> writers.sales.write(batch, TestWarehouse::refuse));
    }
    Collections.shuffle(writes, random);
    return writes;
  }

  private static <T> List<T> shuffledTwice(List<T> all, Random random) {
    List<T> more = new ArrayList<>(all);
    for (int i = 0; i < all.size() / 4; i++) {
      more.add(all.get(random.nextInt(all.size())));
    }
    Collections.shuffle(more, random);
    return more;
  }

  private static <T> List<List<T>> batches(List<T> all, Random random) {
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); ) {
      int to = Math.min(all.size(), from + 1 + random.nextInt(15));
      batches.add(List.copyOf(all.subList(from, to)));
      from = to;
    }
    return batches;
  }

  private List<List<String>> versions() throws SQLException {
    return warehouse.query(
        "SELECT product_id, effective_date, expiry_date, is_current, is_deleted, is_inferred, name,"
            + " category, vietnam_category, brand, platform, price_usd, price_vnd, stock, rating,"
            + " review_count FROM dim_product WHERE product_key <> -1 ORDER BY 1, 2");
  }

  private List<List<String>> facts() throws SQLException {
    return warehouse.query(
        "SELECT f.order_id, f.product_id, d.product_id, d.effective_date, f.customer_key,"
            + " f.time_key, f.quantity, f.status, f.payment_method_local, f.total_amount_usd, f.order_timestamp,"
            + " f.source_modified_at, f.is_deleted, f.source, f.platform, f.city, f.is_counted,"
            + " f.platform_commission, f.geography_key, f.platform_key, f.column_marks"
            + " FROM fact_sales f LEFT JOIN dim_product d USING (product_key) ORDER BY 1");
  }

  private void assertEveryFactIsAsOf() throws SQLException {
    assertThat(
            warehouse.query(
                "SELECT f.order_id, f.product_key FROM fact_sales f WHERE f.product_id IS NOT NULL"
                    + " AND f.product_key IS DISTINCT FROM coalesce("
                    + "(SELECT product_key FROM dim_product d WHERE d.product_id = f.product_id"
                    + " AND d.effective_date <= f.order_timestamp"
                    + " ORDER BY d.effective_date DESC LIMIT 1),"
                    + "(SELECT product_key FROM dim_product d WHERE d.product_id = f.product_id"
                    + " ORDER BY d.effective_date LIMIT 1))"))
        .isEmpty();
  }

  private void assertVersionsAreSound() throws SQLException {
    assertThat(
            warehouse.query(
                "SELECT a.product_id, a.effective_date, b.effective_date FROM dim_product a"
                    + " JOIN dim_product b ON a.product_id = b.product_id"
                    + " AND a.product_key < b.product_key"
                    + " AND tstzrange(a.effective_date, a.expiry_date)"
                    + " && tstzrange(b.effective_date, b.expiry_date)"))
        .as("versions that overlap")
        .isEmpty();
    assertThat(
            warehouse.query(
                "SELECT DISTINCT ON (product_id) product_id, is_current, is_deleted"
                    + " FROM dim_product ORDER BY product_id, effective_date DESC"))
        .as("the last version is either current or deleted")
        .allSatisfy(row -> assertThat(row.get(1)).isNotEqualTo(row.get(2)));
  }
}
