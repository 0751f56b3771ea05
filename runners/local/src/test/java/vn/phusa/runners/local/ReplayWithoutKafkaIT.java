package vn.phusa.runners.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.sample.SampleEvent;
import vn.phusa.runners.embedded.sample.SampleEvents;
import vn.phusa.runners.embedded.sample.SampleShop;
import vn.phusa.runners.local.ShopAndWarehouse.Ended;

/** Of records that Kafka has no more, letters tell as much as the records did, or they wait. */
@WithEmbeddedServices
class ReplayWithoutKafkaIT {
  private static final String LETTERS = "SELECT stage, reason, attempts, status FROM dead_letter";
  private static int worlds;

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private EmbeddedKafka kafka;
  private StreamWorld world;

  @BeforeEach
  void make(EmbeddedKafka broker, EmbeddedRedis redis, EmbeddedPostgres postgres) throws Exception {
    kafka = broker;
    world = StreamWorld.of(broker, redis, postgres, "without_kafka" + worlds++);
  }

  @AfterEach
  void drop() throws Exception {
    world.close();
  }

  @Test
  void whetherASaleIsTooLateDoesNotDependOnHowLongKafkaHasIt() throws Exception {
    forget(send(event("sales_events", now.minus(Duration.ofHours(3)))));

    replay();

    assertThat(rows(LETTERS)).containsExactly(List.of("sales-windows", "too_late", "2", "waiting"));
    assertThat(rows("SELECT in_windows FROM fact_sales_realtime")).containsExactly(List.of("f"));

    replay("--allowedLateness=PT6H");

    assertThat(rows(LETTERS))
        .containsExactly(List.of("sales-windows", "too_late", "3", "replayed"));
    assertThat(rows("SELECT in_windows FROM fact_sales_realtime")).containsExactly(List.of("t"));
    assertThat(world.windows().values().iterator().next()).containsEntry("order_count", "1");
  }

  @Test
  void aSaleThatTheTableRefusedComesInFromItsLetter() throws Exception {
    SampleEvent sale = event("sales_events", now.minusSeconds(20));
    String order = new String(sale.key(), UTF_8);
    onWarehouse(
        "ALTER TABLE fact_sales_realtime ADD CONSTRAINT refused CHECK (order_id <> '"
            + order
            + "')");
    forget(send(sale));
    assertThat(rows(LETTERS))
        .containsExactly(List.of("write-fact_sales_realtime", "refused_23514", "1", "waiting"));
    onWarehouse("ALTER TABLE fact_sales_realtime DROP CONSTRAINT refused");

    replay();

    assertThat(rows(LETTERS))
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
    onWarehouse("ALTER TABLE scd_change ADD CONSTRAINT refused CHECK (dimension <> 'product')");
    forget(send(event("inventory_events", now)));
    List<String> waiting = List.of("write-dim_product", "refused_23514", "1", "waiting");
    assertThat(rows(LETTERS)).containsExactly(waiting);
    onWarehouse("ALTER TABLE scd_change DROP CONSTRAINT refused");

    replay();

    assertThat(rows(LETTERS))
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

  /** Sends it, and streams up to it. */
  private RecordMetadata send(SampleEvent event) {
    RecordMetadata sent = world.send(event.topic(), event.key(), event.value(), event.sentAt());
    Ended streamed = world.streamUntilNow("--topics=" + event.topic());
    assertThat(streamed.code()).as(streamed.all()).isZero();
    return sent;
  }

  private void forget(RecordMetadata sent) throws Exception {
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    all.put(
        new TopicPartition(sent.topic(), sent.partition()),
        RecordsToDelete.beforeOffset(sent.offset() + 1));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteRecords(all).all().get();
    }
  }

  private void replay(String... more) {
    Ended replayed = ShopAndWarehouse.run(world.words("replay", more).toArray(new String[0]));
    assertThat(replayed.code()).as(replayed.all()).isZero();
  }

  private void onWarehouse(String sql) throws Exception {
    try (Connection connection = world.databases().warehouse();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<List<String>> rows(String sql) throws Exception {
    return world.databases().warehouseRows(sql);
  }
}
