package vn.phusa.pipelines.io.warehouse.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import redis.clients.jedis.Jedis;
import vn.phusa.options.address.RedisAddress;
import vn.phusa.options.address.SecretReference;
import vn.phusa.pipelines.io.redis.WriteWindows;
import vn.phusa.pipelines.io.warehouse.RandomEvents;
import vn.phusa.pipelines.io.warehouse.TestWarehouse;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.enrichment.RealtimeSales;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.RealtimeSale;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.windows.DebounceWindows;
import vn.phusa.transforms.windows.SalesWindows;

/**
 * Each sale is either in its window or a dead letter, whenever it comes and whatever Beam thinks.
 */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SalesStreamIT {
  private static final TupleTag<RealtimeSale> COMMITTED = new TupleTag<>("committed") {};

  /** 2023-11-14T22:15:00Z: a window begins. */
  private static final long WINDOW = RandomEvents.START;

  private static final long SECOND = 1_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final org.joda.time.Duration MORE_THAN_A_MINUTE =
      org.joda.time.Duration.standardSeconds(61);

  private TestWarehouse warehouse;
  private EmbeddedRedis redis;
  private RedisAddress address;
  private int offset;

  @BeforeAll
  void migrate(FreshDatabase database, EmbeddedRedis embedded) throws Exception {
    warehouse = TestWarehouse.in(database);
    redis = embedded;
    address = new RedisAddress(redis.address(), null, SecretReference.toFile(redis.passwordFile()));
    try (Jedis jedis = new Jedis(redis.uri())) {
      jedis.flushDB();
    }
  }

  private EnrichedSale sale(String order, String platform, long ordered, long recorded) {
    return EnrichedSale.builder()
        .setSale(
            Sale.builder()
                .setSource("sales_events")
                .setPosition("sales_events/0/" + offset++)
                .setStamp(ChangeStamp.polled(recorded))
                .setOperation(Operation.UPSERT)
                .setOrderId(order)
                .setPlatform(platform)
                .setOrderMicros(ordered)
                .build())
        .setTimeKey(20231115)
        .setTotalAmountVnd(BigDecimal.TEN)
        .setRegion("South")
        .build();
  }

  private static Instant at(long micros) {
    return new Instant(micros / 1_000);
  }

  @Test
  void everySaleIsInItsWindowOrADeadLetter() throws Exception {
    Pipeline pipeline = Pipeline.create();
    PCollectionTuple rows =
        pipeline
            .apply(sales(pipeline))
            .apply("Rows", RealtimeSales.in(SalesWindows.withAllowedLateness(Duration.ofHours(1))));
    writeAndShow(rows);
    pipeline.run().waitUntilFinish();

    assertThat(warehouse.count("SELECT count(*) FROM fact_sales_realtime")).isEqualTo(159);
    assertThat(
            warehouse.query(
                "SELECT stage, reason, payload::json ->> 'order_id' FROM dead_letter ORDER BY 3"))
        .containsExactly(
            List.of("sales-windows", "too_late", "alone and too late"),
            List.of("sales-windows", "too_late", "too late"));
    assertShown();
  }

  private TestStream<EnrichedSale> sales(Pipeline pipeline) throws Exception {
    long end = WINDOW + 5 * MINUTE;
    EnrichedSale repeated = sale("repeated", "Tiki", WINDOW + 1, WINDOW + SECOND);
    EnrichedSale tooLate = sale("too late", "Tiki", WINDOW, end + 60 * MINUTE);
    EnrichedSale[] burst = new EnrichedSale[150];
    for (int i = 0; i < burst.length; i++) {
      burst[i] = sale("burst" + i, "Tiki", end + 60 * MINUTE + i, end + 61 * MINUTE);
    }
    return TestStream.create(pipeline.getSchemaRegistry().getSchemaCoder(EnrichedSale.class))
        .advanceWatermarkTo(at(WINDOW))
        // On time, early ones of a window that has not begun, two platforms at once, a repeat.
        .addElements(
            sale("on time", "Tiki", WINDOW + 2 * MINUTE, WINDOW + 2 * MINUTE),
            sale("from ahead", "Tiki", WINDOW + MINUTE, WINDOW - MINUTE),
            sale("beside", "Shopee", WINDOW + MINUTE, WINDOW + 2 * MINUTE),
            sale("next", "Tiki", end, WINDOW + 2 * MINUTE),
            repeated,
            repeated)
        .advanceProcessingTime(MORE_THAN_A_MINUTE)
        // The watermark is beyond every lateness: what the log took in time still counts.
        .advanceWatermarkTo(at(end + 24 * 60 * MINUTE))
        .addElements(
            repeated,
            sale("late", "Tiki", WINDOW + MINUTE, end + MINUTE),
            sale("last moment", "Tiki", WINDOW, end + 60 * MINUTE - 1),
            tooLate,
            sale("alone and too late", "Sendo", WINDOW, end + 90 * MINUTE),
            // Corrects an order that is counted: not too late, though the event is.
            sale("on time", "Tiki", WINDOW + 3 * MINUTE, end + 80 * MINUTE))
        .advanceProcessingTime(MORE_THAN_A_MINUTE)
        .addElements(tooLate)
        .advanceProcessingTime(org.joda.time.Duration.standardDays(1))
        .addElements(burst[0], burst)
        .advanceProcessingTime(MORE_THAN_A_MINUTE)
        .advanceWatermarkToInfinity();
  }

  private void writeAndShow(PCollectionTuple rows) {
    PCollectionTuple written =
        rows.get(RealtimeSales.MAIN)
            .apply(
                "Write sales",
                WriteRows.realtimeSales(warehouse.address(), Rules.defaults())
                    .emittingCommitted(COMMITTED));
    PCollectionTuple touched = written.get(COMMITTED).apply(TouchedWindows.in(warehouse.address()));
    touched
        .get(TouchedWindows.WINDOWS)
        .apply(DebounceWindows.everyMinute())
        .apply(WriteWindows.of(warehouse.address(), address));
    touched
        .get(TouchedWindows.TOO_LATE)
        .apply("Keep them", WriteRows.deadLetters(warehouse.address()));
    PAssert.that(written.get(COMMITTED).apply(CurrentSales.in(warehouse.address())))
        .satisfies(
            current -> {
              TreeSet<String> orders = new TreeSet<>();
              current.forEach(row -> orders.add(row.getOrderId()));
              assertThat(orders).hasSize(159).contains("too late", "on time", "burst149");
              return null;
            });
  }

  private void assertShown() {
    Map<String, String> counts = new TreeMap<>();
    List<String> windows = new ArrayList<>();
    try (Jedis jedis = new Jedis(redis.uri())) {
      for (String key : jedis.keys("sales:5m:2023*")) {
        counts.put(key, jedis.hget(key, "order_count"));
      }
      windows.addAll(jedis.zrange("sales:5m:windows", 0, -1));
    }
    assertThat(counts)
        .isEqualTo(
            Map.of(
                "sales:5m:2023-11-14T22:15:00Z:Tiki:South", "5",
                "sales:5m:2023-11-14T22:15:00Z:Shopee:South", "1",
                "sales:5m:2023-11-14T22:20:00Z:Tiki:South", "1",
                "sales:5m:2023-11-14T23:20:00Z:Tiki:South", "150"));
    assertThat(windows)
        .containsExactly("2023-11-14T22:15:00Z", "2023-11-14T22:20:00Z", "2023-11-14T23:20:00Z");
  }
}
