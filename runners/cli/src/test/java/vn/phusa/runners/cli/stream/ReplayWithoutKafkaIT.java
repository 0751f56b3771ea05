package vn.phusa.runners.cli.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.cli.ShopAndWarehouse.Ended;
import vn.phusa.runners.cli.StreamWorld;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.samples.SampleEvent;
import vn.phusa.runners.samples.SampleEvents;
import vn.phusa.runners.samples.SampleShop;

/**
 * Of records that Kafka has no more, dead letters hold as much as the records did, or they wait.
 */
@WithEmbeddedServices
class ReplayWithoutKafkaIT {
  private static final String DEAD_LETTERS =
      "SELECT stage, reason, attempts, status FROM dead_letter";
  private static int worlds;

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private StreamWorld world;

  @BeforeEach
  void make(EmbeddedKafka kafka, EmbeddedRedis redis, EmbeddedPostgres postgres) throws Exception {
    world = StreamWorld.of(kafka, redis, postgres, "without_kafka" + worlds++);
  }

  @AfterEach
  void drop() throws Exception {
    world.close();
  }

  @Test
  void whetherASaleIsTooLateDoesNotDependOnHowLongKafkaHasIt() throws Exception {
    forgotten(event("sales_events", now.minus(Duration.ofHours(3))));

    replay();

    assertThat(rows(DEAD_LETTERS))
        .containsExactly(List.of("sales-windows", "too_late", "2", "waiting"));
    assertThat(rows("SELECT in_windows FROM fact_sales_realtime")).containsExactly(List.of("f"));

    replay("--allowedLateness=PT6H");

    assertThat(rows(DEAD_LETTERS))
        .containsExactly(List.of("sales-windows", "too_late", "3", "replayed"));
    assertThat(rows("SELECT in_windows FROM fact_sales_realtime")).containsExactly(List.of("t"));
    assertThat(world.windows().values().iterator().next()).containsEntry("order_count", "1");
  }

  @Test
  void aSaleThatTheTableRejectedComesInFromItsDeadLetter() throws Exception {
    SampleEvent sale = event("sales_events", now.minusSeconds(20));
    String order = new String(sale.key(), UTF_8);
    world
        .databases()
        .executeInWarehouse(
            "ALTER TABLE fact_sales_realtime ADD CONSTRAINT refused CHECK (order_id <> '"
                + order
                + "')");
    forgotten(sale);
    assertThat(rows(DEAD_LETTERS))
        .containsExactly(List.of("write-fact_sales_realtime", "refused_23514", "1", "waiting"));
    world.databases().executeInWarehouse("ALTER TABLE fact_sales_realtime DROP CONSTRAINT refused");

    replay();

    assertThat(rows(DEAD_LETTERS))
        .containsExactly(List.of("write-fact_sales_realtime", "refused_23514", "2", "replayed"));
    assertThat(
            rows(
                "SELECT order_id, in_windows,"
                    + " (extract(epoch FROM order_timestamp) * 1000)::bigint,"
                    + " (extract(epoch FROM change_ordered_at) * 1000)::bigint"
                    + " FROM fact_sales_realtime"))
        .containsExactly(
            List.of(
                order,
                "t",
                Long.toString(now.minusSeconds(20).toEpochMilli()),
                Long.toString(now.toEpochMilli())));
  }

  @Test
  void theStockThatAMovementLeftIsNotTakenForTheMovement() throws Exception {
    world
        .databases()
        .executeInWarehouse(
            "ALTER TABLE scd_change ADD CONSTRAINT refused CHECK (dimension <> 'product')");
    forgotten(event("inventory_events", now));
    List<String> waiting = List.of("write-dim_product", "refused_23514", "1", "waiting");
    assertThat(rows(DEAD_LETTERS)).containsExactly(waiting);
    world.databases().executeInWarehouse("ALTER TABLE scd_change DROP CONSTRAINT refused");

    replay();

    assertThat(rows(DEAD_LETTERS))
        .containsExactly(List.of("write-dim_product", "refused_23514", "2", "waiting"));
    assertThat(rows("SELECT count(*) FROM fact_inventory")).containsExactly(List.of("1"));
  }

  /** An event of the topic that happened then, and comes to Kafka now. */
  private SampleEvent event(String topic, Instant happened) {
    SampleEvents events = SampleShop.create(3, 20, 200, happened).events(happened, 1e9);
    for (int i = 0; ; i++) {
      SampleEvent event = events.event(i);
      if (event.topic().equals(topic)) {
        return new SampleEvent(topic, event.key(), event.value(), now);
      }
    }
  }

  /** Sends it, streams up to it, and makes Kafka forget it. */
  private void forgotten(SampleEvent event) throws Exception {
    RecordMetadata sent = world.send(event.topic(), event.key(), event.value(), event.sentAt());
    Ended streamed = world.streamUntilNow("--topics=" + event.topic());
    assertThat(streamed.code()).as(streamed.all()).isZero();
    world.forget(sent.topic(), sent.partition(), sent.offset());
  }

  private void replay(String... more) {
    Ended replayed = ShopAndWarehouse.run(world.arguments("replay", more).toArray(new String[0]));
    assertThat(replayed.code()).as(replayed.all()).isZero();
  }

  private List<List<String>> rows(String sql) throws Exception {
    return world.databases().warehouseRows(sql);
  }
}
