package vn.phusa.pipelines.io.warehouse.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.warehouse.RandomEvents;
import vn.phusa.pipelines.io.warehouse.TestWarehouse;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.pipelines.io.warehouse.fact.RealtimeSalesWriter;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.model.RealtimeSale;
import vn.phusa.transforms.rules.Rules;

/** Of several events about one order the same stands, however they come. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealtimeSalesIT {
  private static final TupleTag<RealtimeSale> COMMITTED = new TupleTag<>("committed") {};

  private TestWarehouse warehouse;

  @BeforeAll
  void migrate(FreshDatabase database) throws Exception {
    warehouse = TestWarehouse.in(database);
  }

  @BeforeEach
  void empty() throws Exception {
    warehouse.execute("TRUNCATE fact_sales_realtime");
  }

  private void write(List<List<RealtimeSale>> batches) throws SQLException {
    try (var writing = warehouse.writing(new RealtimeSalesWriter(Rules.defaults()))) {
      for (List<RealtimeSale> batch : batches) {
        writing.write(batch, TestWarehouse::refuse);
      }
    }
  }

  private void write(RealtimeSale... sales) throws SQLException {
    for (RealtimeSale sale : sales) {
      write(List.of(List.of(sale)));
    }
  }

  private List<List<String>> rows() throws SQLException {
    return warehouse.query(
        "SELECT order_id, order_timestamp, platform, region, total_amount_usd, total_amount_vnd,"
            + " in_windows, change_ordered_at, content_hash FROM fact_sales_realtime ORDER BY 1");
  }

  private List<List<String>> windows() throws SQLException {
    return warehouse.query("SELECT * FROM sales_window ORDER BY 1, 2, 3, 4");
  }

  @Test
  void anyOrderBatchingAndRepetitionEndsInTheSameRows() throws Exception {
    for (int seed = 0; seed < 40; seed++) {
      RandomEvents random = new RandomEvents(seed);
      List<RealtimeSale> events = random.events(8, 4);
      write(List.of(events));
      List<List<String>> expected = rows();
      List<List<String>> expectedWindows = windows();
      assertThat(expected).hasSize(8);
      empty();
      write(random.shuffledBatches(events));
      assertThat(rows()).as("seed " + seed).isEqualTo(expected);
      assertThat(windows()).as("seed " + seed).isEqualTo(expectedWindows);
      empty();
    }
  }

  @Test
  void fourWritersEndInTheSameRows() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int seed = 100; seed < 106; seed++) {
      List<RealtimeSale> events = new RandomEvents(seed).events(8, 4);
      write(List.of(events));
      List<List<String>> expected = rows();
      empty();
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        List<List<RealtimeSale>> batches =
            new RandomEvents(seed * 31L + writer).shuffledBatches(events);
        tasks.add(
            () -> {
              write(batches);
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(tasks, 2, TimeUnit.MINUTES)) {
        done.get();
      }
      assertThat(rows()).as("seed " + seed).isEqualTo(expected);
      empty();
    }
    threads.shutdown();
  }

  @Test
  void aRepeatWritesNothing() throws Exception {
    RealtimeSale sale =
        RandomEvents.sale("O", RandomEvents.START, 1).setTotalAmountVnd(BigDecimal.TEN).build();
    String row = "SELECT xmin, ctid, f.* FROM fact_sales_realtime f";
    write(sale);
    List<List<String>> before = warehouse.query(row);
    write(sale, sale.toBuilder().setPosition("sales_events/0/99").build());
    assertThat(warehouse.query(row)).isEqualTo(before);
  }

  @Test
  void theSameSaidAgainLaterIsNoChangeOfTheRow() throws Exception {
    write(RandomEvents.sale("O", RandomEvents.START, 1).build());
    String when = "SELECT processed_timestamp, in_windows FROM fact_sales_realtime";
    List<List<String>> before = warehouse.query(when);
    // Said once more so late that it would have been too late: it was counted already.
    write(RandomEvents.sale("O", RandomEvents.START, 9).setTooLate(true).build());
    assertThat(warehouse.query(when)).isEqualTo(before);
  }

  @Test
  void theRowIsReadAsItStandsNow() throws Exception {
    RealtimeSale stale = RandomEvents.sale("O", RandomEvents.START, 1).setCity("Hue").build();
    RealtimeSale newer =
        RandomEvents.sale("O", RandomEvents.START, 2)
            .setCity("Hanoi")
            .setQuantity(3)
            .setTetSeason(false)
            .setTotalAmountUsd(new BigDecimal("1.5000"))
            .build();
    write(newer, stale);
    try (var connection = Postgres.open(warehouse.address())) {
      RealtimeSale row =
          CurrentSales.rows(connection, new TreeSet<>(List.of("O", "unknown"))).get(0);
      assertThat(row.getProcessedMicros()).isNotNull();
      assertThat(
              row.toBuilder()
                  .setProcessedMicros(null)
                  .setSource(newer.getSource())
                  .setPosition(newer.getPosition())
                  .setStamp(newer.getStamp())
                  .build())
          .isEqualTo(newer);
    }
  }

  /** So that offsets are not committed before others are told. */
  @Test
  void aWatermarkWaitsForWhatOthersAreReportedOfASale() throws Exception {
    Instant first = Instant.parse("2025-03-01T00:00:00Z");
    Instant second = first.plus(1_000);
    Pipeline pipeline = Pipeline.create();
    PCollection<Instant> times =
        CurrentSales.oneAfterTheOther(
                pipeline
                    .apply(
                        Create.timestamped(
                            TimestampedValue.of(sale("A"), second),
                            TimestampedValue.of(sale("B"), first)))
                    .apply(
                        WriteRows.realtimeSales(warehouse.address(), Rules.defaults())
                            .emittingCommitted(COMMITTED))
                    .get(COMMITTED))
            .apply(ParDo.of(new TimeFn()));
    PAssert.that(times).containsInAnyOrder(first, second);
    pipeline.run().waitUntilFinish();
  }

  /** As a replay brings it: the row tells what was recorded later, too late for any window. */
  @Test
  void anOlderEventThatLetsAnOrderCountTouchesTheWindowThatCountsIt() throws Exception {
    long counted = RandomEvents.START;
    long told = RandomEvents.START + 300_000_000L;
    RealtimeSale tooLate = RandomEvents.sale("O", counted, 2).setTooLate(true).build();
    RealtimeSale inTime = RandomEvents.sale("O", told, 1).build();
    write(tooLate);
    assertThat(windows()).isEmpty();
    write(inTime);
    assertThat(windows()).hasSize(1);
    Pipeline pipeline = Pipeline.create();
    PAssert.that(
            pipeline
                .apply(Create.of(inTime))
                .apply(TouchedWindows.in(warehouse.address()))
                .get(TouchedWindows.WINDOWS))
        .containsInAnyOrder(counted, told);
    pipeline.run().waitUntilFinish();
  }

  private static RealtimeSale sale(String id) {
    return RandomEvents.sale(id, RandomEvents.START, 1).build();
  }

  private static final class TimeFn extends DoFn<KV<Integer, Iterable<String>>, Instant> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<String>> shard,
        @Timestamp Instant time,
        OutputReceiver<Instant> out) {
      // At the end of a bounded input there is an empty pane more.
      if (shard.getValue().iterator().hasNext()) {
        out.output(time);
      }
    }
  }
}
