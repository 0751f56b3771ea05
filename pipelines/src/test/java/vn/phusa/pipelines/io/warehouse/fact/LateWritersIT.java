package vn.phusa.pipelines.io.warehouse.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.phusa.pipelines.io.warehouse.TestStates.enriched;
import static vn.phusa.pipelines.io.warehouse.TestStates.goneProduct;
import static vn.phusa.pipelines.io.warehouse.TestStates.product;
import static vn.phusa.pipelines.io.warehouse.TestStates.sale;
import static vn.phusa.pipelines.io.warehouse.TestStates.state;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.postgres.batch.BatchWriter;
import vn.phusa.pipelines.io.warehouse.TestWarehouse;
import vn.phusa.pipelines.io.warehouse.dimension.DimensionLocks;
import vn.phusa.pipelines.io.warehouse.dimension.DimensionWriter;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.scd.DimensionChange;
import vn.phusa.transforms.scd.DimensionSpec;

/** Transactions that are open while others commit: no fact keeps an outdated key. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LateWritersIT {
  private static final String NOT_AS_OF =
      "SELECT f.order_id, f.product_id, f.product_key FROM fact_sales f"
          + " WHERE f.product_key IS DISTINCT FROM coalesce("
          + "(SELECT product_key FROM dim_product v WHERE v.product_id = f.product_id"
          + " AND v.effective_date <= f.order_timestamp ORDER BY v.effective_date DESC LIMIT 1),"
          + "(SELECT product_key FROM dim_product v WHERE v.product_id = f.product_id"
          + " ORDER BY v.effective_date LIMIT 1))";

  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private TestWarehouse warehouse;

  @BeforeAll
  void migrate(FreshDatabase database) throws Exception {
    warehouse = TestWarehouse.in(database);
  }

  @BeforeEach
  void empty() throws Exception {
    warehouse.execute(
        "TRUNCATE fact_sales, scd_change, rekey; DELETE FROM dim_product WHERE product_key <> -1;"
            + " DELETE FROM dim_customer WHERE customer_key <> -1");
  }

  @AfterAll
  void stop() {
    threads.shutdownNow();
  }

  private Connection transaction(BatchWriter<?> writer) throws Exception {
    Connection connection = Postgres.open(warehouse.address());
    writer.prepare(connection);
    connection.setAutoCommit(false);
    return connection;
  }

  private void products(DimensionChange... changes) throws Exception {
    try (var batches = warehouse.writing(new DimensionWriter(DimensionSpec.PRODUCT))) {
      batches.write(List.of(changes), TestWarehouse::refuse);
    }
  }

  private void sales(List<EnrichedSale> sales) throws Exception {
    try (var batches = warehouse.writing(new FactWriter<>(new FactSales(Rules.defaults())))) {
      batches.write(sales, TestWarehouse::refuse);
    }
  }

  @Test
  void aFactThatLookedUpBeforeAVersionCameAndCommitsAfterASettlingIsCorrectedByTheNext()
      throws Exception {
    products(product("P", "A", 1));
    DimensionWriter dimension = new DimensionWriter(DimensionSpec.PRODUCT);
    FactWriter<EnrichedSale> facts = new FactWriter<>(new FactSales(Rules.defaults()));
    try (Connection moving = transaction(dimension);
        Connection late = transaction(facts)) {
      dimension.write(moving, List.of(product("P", "B", 2)));
      facts.write(late, List.of(sale("O", "P", 3)));
      moving.commit();
      warehouse.rekey();
      late.commit();
    }
    assertThat(warehouse.query(NOT_AS_OF)).as("before the next settling").isNotEmpty();
    warehouse.rekey();
    assertThat(warehouse.query(NOT_AS_OF)).isEmpty();
    assertThat(warehouse.count("SELECT count(*) FROM rekey")).isZero();
  }

  @Test
  void aFactThatMovesToAnotherMemberWhileItIsSettledKeepsThatMembersKey() throws Exception {
    products(product("P", "A", 1), product("Q", "A", 1));
    sales(List.of(sale("O", "P", 3)));
    products(product("P", "B", 2));
    FactWriter<EnrichedSale> facts = new FactWriter<>(new FactSales(Rules.defaults()));
    try (Connection moving = transaction(facts)) {
      facts.write(moving, List.of(sale("O", "Q", 4)));
      Future<Void> settling =
          threads.submit(
              () -> {
                warehouse.rekey();
                return null;
              });
      warehouse.await(
          "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
              + " AND datname = current_database()");
      moving.commit();
      settling.get(1, TimeUnit.MINUTES);
    }
    warehouse.rekey();
    assertThat(warehouse.query(NOT_AS_OF)).isEmpty();
  }

  /**
   * A member is gone, comes back while one pass looks whom it has to infer, and is gone again
   * before that pass looks for versions: there is no version for the pass to give.
   */
  @Test
  void aFactWhoseMemberIsGoneInTheMiddleOfASettlingIsSettledByTheNext() throws Exception {
    for (String key : List.of("P", "Q")) {
      products(product(key, "A", 1));
      sales(List.of(sale("O" + key, key, 3)));
      products(goneProduct(key, 1));
    }
    products(product("P", "B", 2));
    DimensionWriter dimension = new DimensionWriter(DimensionSpec.PRODUCT);
    try (Connection holding = transaction(dimension)) {
      DimensionLocks.take(holding, DimensionSpec.PRODUCT, List.of("Q"));
      Future<Void> settling =
          threads.submit(
              () -> {
                warehouse.rekey();
                return null;
              });
      warehouse.await(
          "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory'"
              + " AND datname = current_database()");
      products(goneProduct("P", 2));
      holding.rollback();
      settling.get(1, TimeUnit.MINUTES);
    }
    products(product("P", "C", 3));
    warehouse.rekey();
    assertThat(warehouse.query(NOT_AS_OF)).isEmpty();
    assertThat(warehouse.count("SELECT count(*) FROM rekey")).isZero();
  }

  @Test
  void writersOfFactsWithUnknownMembersDoNotWaitForOneAnotherInACircle() throws Exception {
    String deadlocks =
        "SELECT pg_stat_force_next_flush() IS NULL, deadlocks FROM pg_stat_database"
            + " WHERE datname = current_database()";
    String before = warehouse.query(deadlocks).get(0).get(1);
    List<EnrichedSale> known = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      known.add(sale("O" + i, "P0", 10));
    }
    sales(known);
    List<Future<Void>> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      int me = writer;
      writers.add(
          threads.submit(
              () -> {
                Random random = new Random(me);
                for (int round = 0; round < 10; round++) {
                  sales(mixture(random, "N" + me + "-" + round + "-"));
                }
                return null;
              }));
    }
    for (Future<Void> done : writers) {
      done.get(2, TimeUnit.MINUTES);
    }
    assertThat(warehouse.query(deadlocks).get(0).get(1)).isEqualTo(before);
    assertThat(warehouse.query(NOT_AS_OF)).isEmpty();
  }

  /** New, changed and stale states, of members that nobody knows. */
  private static List<EnrichedSale> mixture(Random random, String prefix) {
    List<EnrichedSale> batch = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      for (String id : List.of("O" + random.nextInt(200), prefix + i)) {
        batch.add(
            enriched(
                state(id, 5 + random.nextInt(10))
                    .setCustomerId("C" + random.nextInt(5000))
                    .setProductId("X" + random.nextInt(5000))
                    .build()));
      }
    }
    return batch;
  }
}
