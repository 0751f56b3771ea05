package vn.phusa.runners.cli.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.cli.StreamWorld;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.samples.SampleEvent;
import vn.phusa.runners.samples.SampleEvents;
import vn.phusa.runners.samples.SampleShop;

/** Events of all topics through the command, up to where the topics end. */
@WithEmbeddedServices
class StreamIT {
  private static final int EVENTS = 150;
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({"direct, DirectRunner", "flink, FlinkRunner"})
  void whatIsInTheTopicsIsInAllStores(
      String name,
      String runner,
      EmbeddedKafka kafka,
      EmbeddedRedis redis,
      EmbeddedPostgres postgres)
      throws Exception {
    try (StreamWorld world = StreamWorld.of(kafka, redis, postgres, "stream_" + name)) {
      sendEverything(world);

      ShopAndWarehouse.Ended ended = stream(world, runner);

      assertThat(ended.code()).as(ended.all()).isZero();
      everyRecordIsCounted(world);
      salesAreInTableTopicAndWindows(world);
      changesAreInTheirTables(world);
      lettersAreInTableAndTopic(world);
      for (String topic : StreamWorld.READ) {
        assertThat(world.lag(topic)).as(topic).isZero();
      }
      nothingIsLeftForTheNext(world, runner);
    }
  }

  /** What no waiting mends ends it, though Flink would start it again for ever. */
  @ParameterizedTest
  @CsvSource({"direct, DirectRunner", "flink, FlinkRunner"})
  void whatCannotSucceedFailsAndLosesNothing(
      String name,
      String runner,
      EmbeddedKafka kafka,
      EmbeddedRedis redis,
      EmbeddedPostgres postgres)
      throws Exception {
    try (StreamWorld world = StreamWorld.of(kafka, redis, postgres, "hopeless_" + name)) {
      sendEverything(world);
      world
          .databases()
          .executeInWarehouse("ALTER TABLE fact_sales_realtime RENAME COLUMN city TO gone");

      ShopAndWarehouse.Ended ended =
          world.streamUntilNow("--runner=" + runner, "--executionRetryDelay=200");

      assertThat(ended.code()).as(ended.all()).isEqualTo(4);
      assertThat(ended.err()).contains("42703");
      assertThat(
              world
                  .databases()
                  .warehouseRows("SELECT status FROM etl_run WHERE command = 'stream'"))
          .containsExactly(List.of("failed"));
      world
          .databases()
          .executeInWarehouse("ALTER TABLE fact_sales_realtime RENAME COLUMN gone TO city");
      ShopAndWarehouse.Ended again = stream(world, runner);
      assertThat(again.code()).as(again.all()).isZero();
      salesAreInTableTopicAndWindows(world);
    }
  }

  /** Flink ends with the checkpoint after the last record, which need not be waited for long. */
  private static ShopAndWarehouse.Ended stream(StreamWorld world, String runner) {
    return world.streamUntilNow(
        "--runner=" + runner, "--allowedLateness=PT30M", "--checkpointingInterval=500");
  }

  private static void sendEverything(StreamWorld world) {
    Instant from = Instant.now().minusSeconds(3600);
    SampleEvents events = SampleShop.create(7, 50, 500, from).events(from, 1).dirty();
    for (int i = 0; i < EVENTS; i++) {
      world.send(events.event(i));
    }
    world.send("sales_events", null, "no Avro at all".getBytes(UTF_8), from);
    SampleEvent tooLate = aFrom("sales_events", events, EVENTS);
    world.send(tooLate.topic(), tooLate.key(), tooLate.value(), Instant.now());
    String moved = new String(aFrom("inventory_events", events, 0).key(), UTF_8);
    CdcEvents.send(world, moved);
  }

  private static SampleEvent aFrom(String topic, SampleEvents events, int first) {
    int number = first;
    while (!events.event(number).topic().equals(topic)) {
      number++;
    }
    return events.event(number);
  }

  /** The law of conservation, topic by topic. */
  private static void everyRecordIsCounted(StreamWorld world) throws Exception {
    Map<String, String> read = new TreeMap<>();
    for (List<String> step :
        world
            .databases()
            .warehouseRows(
                "SELECT step, rows_read, rows_read - rows_loaded - rows_rejected - rows_skipped,"
                    + " status FROM etl_step ORDER BY step")) {
      assertThat(step.subList(2, 4)).as(step.toString()).containsExactly("0", "succeeded");
      read.put(step.get(0), step.get(1));
    }
    Map<String, String> sent =
        new TreeMap<>(
            StreamWorld.READ.stream()
                .collect(
                    Collectors.toMap(
                        Function.identity(),
                        topic -> Integer.toString(world.records(topic).size()))));
    assertThat(read).isEqualTo(sent);
  }

  private static void salesAreInTableTopicAndWindows(StreamWorld world) throws Exception {
    TreeSet<String> sold = new TreeSet<>();
    world
        .databases()
        .warehouseRows("SELECT order_id FROM fact_sales_realtime")
        .forEach(row -> sold.add(row.get(0)));
    assertThat(sold).hasSizeGreaterThan(EVENTS / 2);
    TreeSet<String> keys = new TreeSet<>();
    world.records("sales_events").stream()
        .filter(record -> record.key() != null)
        .forEach(record -> keys.add(new String(record.key(), UTF_8)));
    TreeSet<String> missing = new TreeSet<>(keys);
    missing.removeAll(sold);
    assertThat(missing.size())
        .isLessThanOrEqualTo(
            (int) world.databases().countInWarehouse("SELECT count(*) FROM dead_letter"));
    Map<String, String> told = world.lastValues("sales_processed");
    assertThat(told.keySet()).isEqualTo(sold);
    for (String json : told.values()) {
      JsonNode sale = JSON.readTree(json);
      assertThat(
              world
                  .databases()
                  .countInWarehouse(
                      "SELECT count(*) FROM fact_sales_realtime WHERE order_id = '%s'"
                              .formatted(sale.get("order_id").textValue())
                          + " AND total_amount_vnd IS NOT DISTINCT FROM "
                          + sale.get("total_amount_vnd").asText()))
          .isEqualTo(1);
    }
    Map<String, String> expected = new TreeMap<>();
    for (List<String> row :
        world
            .databases()
            .warehouseRows(
                "SELECT to_char(window_start AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),"
                    + " platform, region, order_count || ' ' || total_revenue_vnd"
                    + " FROM sales_window")) {
      expected.put("sales:5m:" + String.join(":", row.subList(0, 3)), row.get(3));
    }
    Map<String, String> shown = new TreeMap<>();
    world
        .windows()
        .forEach(
            (key, fields) ->
                shown.put(key, fields.get("order_count") + " " + fields.get("total_revenue_vnd")));
    assertThat(shown).isNotEmpty().isEqualTo(expected);
  }

  private static void changesAreInTheirTables(StreamWorld world) throws Exception {
    ShopAndWarehouse databases = world.databases();
    assertThat(
            databases.warehouseRows(
                "SELECT f.status, f.city, c.full_name, c.city, p.name, f.source FROM fact_sales f"
                    + " JOIN dim_customer c USING (customer_key) JOIN dim_product p USING"
                    + " (product_key)"))
        .containsExactly(
            List.of("shipped", "Hanoi", "Nguyễn Văn An", "Ho Chi Minh City", "Áo dài", "oltp"));
    assertThat(databases.warehouseRows("SELECT transaction_id FROM fact_transactions"))
        .containsExactly(List.of("T1"));
    long movements = databases.countInWarehouse("SELECT count(*) FROM fact_inventory");
    assertThat(movements).isGreaterThan(EVENTS / 20);
    assertThat(
            databases.countInWarehouse(
                "SELECT count(*) FROM fact_inventory f JOIN dim_product p USING (product_key)"
                    + " WHERE p.product_id = f.product_id"))
        .isEqualTo(movements);
    // Of the one product that is more than a placeholder.
    assertThat(
            databases.warehouseRows(
                "SELECT DISTINCT ON (p.product_id) p.name, p.stock = f.stock_after"
                    + " FROM dim_product p JOIN fact_inventory f USING (product_id)"
                    + " WHERE p.is_current AND NOT p.is_inferred"
                    + " ORDER BY p.product_id, f.event_timestamp DESC"))
        .containsExactly(List.of("Áo lụa", "t"));
    assertThat(
            databases.countInWarehouse(
                "SELECT count(*) FROM dim_customer WHERE customer_id LIKE 'C%' AND full_name IS NOT"
                    + " NULL"))
        .isPositive();
  }

  private static void lettersAreInTableAndTopic(StreamWorld world) throws Exception {
    Map<String, String> kept = new TreeMap<>();
    for (List<String> row :
        world
            .databases()
            .warehouseRows(
                "SELECT id, stage || ' ' || reason || ' ' || position FROM dead_letter")) {
      kept.put(row.get(0), row.get(1));
    }
    Map<String, String> told = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : world.records("dead_letters")) {
      JsonNode deadLetter = JSON.readTree(record.value());
      told.put(
          new String(record.key(), UTF_8),
          "%s %s %s"
              .formatted(
                  deadLetter.get("stage").textValue(),
                  deadLetter.get("reason").textValue(),
                  deadLetter.get("position").textValue()));
    }
    assertThat(told).isEqualTo(kept);
    assertThat(kept.values())
        .anyMatch(deadLetter -> deadLetter.startsWith("decode-sales malformed"))
        .anyMatch(deadLetter -> deadLetter.startsWith("sales-windows too_late"))
        .anyMatch(deadLetter -> deadLetter.startsWith("decode-cdc-customers malformed"))
        .anyMatch(deadLetter -> deadLetter.startsWith("decode-cdc-orders unknown_operation"))
        .anyMatch(deadLetter -> deadLetter.startsWith("cleanse-sales nul_character cdc_orders/"));
  }

  private static void nothingIsLeftForTheNext(StreamWorld world, String runner) throws Exception {
    int told = world.records("sales_processed").size();
    ShopAndWarehouse.Ended again = stream(world, runner);
    assertThat(again.code()).as(again.all()).isZero();
    assertThat(world.records("sales_processed")).hasSize(told);
    assertThat(
            world
                .databases()
                .countInWarehouse(
                    "SELECT sum(rows_read) FROM etl_step WHERE run_id ="
                        + " (SELECT run_id FROM etl_run WHERE command = 'stream'"
                        + " ORDER BY started DESC LIMIT 1)"))
        .isZero();
  }
}
