package vn.phusa.runners.cli.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
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
import vn.phusa.transforms.decoding.SalesEventDecoder;

/** Dead letters of a stream come in once what rejected them is mended. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayIT {
  private static final String NOT_FOUND =
      "{\"error_code\": 40403, \"message\": \"Schema not found\"}";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Ids of schemas that the registry has, by the first word of the path it is asked under. */
  private final Map<String, Set<String>> known = new ConcurrentHashMap<>();

  private HttpServer registry;
  private StreamWorld world;
  private int number;
  private int worlds;

  @BeforeEach
  void make(EmbeddedKafka kafka, EmbeddedRedis redis, EmbeddedPostgres postgres) throws Exception {
    world = StreamWorld.of(kafka, redis, postgres, "replay" + worlds++);
  }

  @AfterEach
  void drop() throws Exception {
    world.close();
  }

  @BeforeAll
  void start() throws Exception {
    String schema;
    try (InputStream in = SalesEventDecoder.class.getResourceAsStream("sales_event.avsc")) {
      schema = JSON.writeValueAsString(Map.of("schema", new String(in.readAllBytes(), UTF_8)));
    }
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          String[] path = exchange.getRequestURI().getPath().split("/", -1);
          boolean has = known.getOrDefault(path[1], Set.of()).contains(path[path.length - 1]);
          byte[] body = (has ? schema : NOT_FOUND).getBytes(UTF_8);
          exchange.sendResponseHeaders(has ? 200 : 404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    registry.start();
  }

  @AfterAll
  void stop() {
    registry.stop(0);
  }

  @Test
  void whatWasRejectedComesInOnceTheCauseIsGone() throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    known.put("before", Set.of("1"));
    String inTime = sell(1, now, now);
    Instant taken = now.minusSeconds(60);
    String unknown = sell(2, taken.minusSeconds(30), taken);
    String tooLate = sell(1, now.minus(Duration.ofHours(3)), now);
    world.sendText("cdc_customers", "K", "{\"no\": \"change\"");

    Ended streamed =
        world.streamUntilNow(
            "--topics=sales_events,cdc_customers", "--schemaRegistryUrl=" + url("before"));

    assertThat(streamed.code()).as(streamed.all()).isZero();
    assertThat(deadLetters())
        .containsExactlyInAnyOrder(
            List.of("decode-sales", "unknown_schema", "1", "waiting"),
            List.of("sales-windows", "too_late", "1", "waiting"),
            List.of("decode-cdc-customers", "malformed", "1", "waiting"));
    assertThat(orders().keySet()).containsExactlyInAnyOrder(inTime, tooLate);

    Ended misspelt = replay("before", "--stage=decode-sale");
    assertThat(misspelt.code()).as(misspelt.all()).isZero();
    assertThat(misspelt.all())
        .contains("No dead letter that waits was selected", "1 of decode-sales (unknown_schema)");

    known.put("after", Set.of("1", "2"));
    Ended replayed = replay("after", "--allowedLateness=PT6H");

    assertThat(replayed.code()).as(replayed.all()).isZero();
    assertThat(replayed.out()).contains("decode-sales", "sales-windows", "decode-cdc-customers");
    assertThat(deadLetters())
        .containsExactlyInAnyOrder(
            List.of("decode-sales", "unknown_schema", "2", "replayed"),
            List.of("sales-windows", "too_late", "2", "replayed"),
            List.of("decode-cdc-customers", "malformed", "2", "waiting"));
    assertThat(orders()).containsKeys(inTime, tooLate).containsEntry(unknown, taken);
    assertThat(world.lastValues("sales_processed")).containsKey(unknown);
    assertThat(
            world.windows().values().stream()
                .mapToInt(window -> Integer.parseInt(window.get("order_count")))
                .sum())
        .isEqualTo(3);
    assertThat(
            world
                .databases()
                .warehouseRows(
                    "SELECT rows_read - rows_loaded - rows_skipped - rows_rejected, rows_rejected,"
                        + " s.status FROM etl_step s JOIN etl_run r USING (run_id)"
                        + " WHERE command = 'replay' AND rows_read > 0"))
        .containsExactly(List.of("0", "1", "succeeded"));
  }

  @Test
  void whatKafkaHasNoLongerIsMadeOfTheLetter() throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String gone = sell(3, now, now.plusSeconds(1));
    Ended streamed =
        world.streamUntilNow("--topics=sales_events", "--schemaRegistryUrl=" + url("empty"));
    assertThat(streamed.code()).as(streamed.all()).isZero();
    List<List<String>> where =
        world
            .databases()
            .warehouseRows(
                "SELECT position FROM dead_letter WHERE stage = 'decode-sales'"
                    + " AND status = 'waiting'");
    assertThat(where).hasSize(1);
    String[] place = where.get(0).get(0).split("/", -1);
    world.forget(place[0], Integer.parseInt(place[1]), Long.parseLong(place[2]));

    known.put("late", Set.of("1", "2", "3"));
    Ended replayed = replay("late", "--stage=decode-sales", "--reason=unknown_schema");

    assertThat(replayed.code()).as(replayed.all()).isZero();
    assertThat(orders()).containsEntry(gone, now);
  }

  @Test
  void anotherRecordInTheSamePlaceIsNotTakenForTheLetters() throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String first = sell(4, now, now);
    String second = sell(4, now, now);
    Ended streamed =
        world.streamUntilNow("--topics=sales_events", "--schemaRegistryUrl=" + url("none"));
    assertThat(streamed.code()).as(streamed.all()).isZero();
    // As if the topic had been made anew since, and had the first one where the second was.
    world
        .databases()
        .executeInWarehouse(
            "UPDATE dead_letter SET payload ="
                + " (SELECT payload FROM dead_letter ORDER BY position DESC LIMIT 1)");

    known.put("again", Set.of("4"));
    Ended replayed = replay("again");

    assertThat(replayed.code()).as(replayed.all()).isZero();
    assertThat(orders()).hasSize(1).containsAnyOf(Map.entry(first, now), Map.entry(second, now));
  }

  @Test
  void lettersOfAPipelineThatIsNotDoneAreNotSettled() throws Exception {
    world.sendText("cdc_customers", "K", "{\"no\": \"change\"");
    Ended streamed = world.streamUntilNow("--topics=cdc_customers");
    assertThat(streamed.code()).as(streamed.all()).isZero();

    Ended cut = replay("x", "--runner=" + UnfinishedRunner.class.getName());

    assertThat(cut.code()).as(cut.all()).isEqualTo(4);
    assertThat(deadLetters())
        .containsExactly(List.of("decode-cdc-customers", "malformed", "2", "replaying"));
    assertThat(world.databases().onWarehouse("status").out())
        .contains("1 of a replay that runs or was interrupted");
    assertThat(replay("x").code()).isZero();
    assertThat(deadLetters())
        .containsExactly(List.of("decode-cdc-customers", "malformed", "3", "waiting"));
  }

  @Test
  void wrongOptionsStartNothing() {
    assertThat(replay("x", "--from=yesterday").code()).isEqualTo(2);
    assertThat(replay("x", "--from=2025-03-02", "--to=2025-03-01").code()).isEqualTo(2);
    assertThat(replay("x", "--reason=a b").code()).isEqualTo(2);
  }

  /** Sends a sale in the registry's form, and returns its order. */
  private String sell(int schema, Instant sold, Instant taken) throws IOException {
    SampleEvents events = SampleShop.create(3, 20, 200, sold).events(sold, 1e9);
    SampleEvent sale = events.event(number++);
    while (!sale.topic().equals("sales_events")) {
      sale = events.event(number++);
    }
    byte[] value = sale.value();
    byte[] wire =
        ByteBuffer.allocate(5 + value.length).put((byte) 0).putInt(schema).put(value).array();
    RecordMetadata sent = world.send(sale.topic(), sale.key(), wire, taken);
    assertThat(sent.hasOffset()).isTrue();
    return new String(sale.key(), UTF_8);
  }

  private String url(String name) {
    return "http://127.0.0.1:" + registry.getAddress().getPort() + "/" + name;
  }

  private Ended replay(String registryName, String... more) {
    List<String> arguments = world.arguments("replay", more);
    arguments.add("--schemaRegistryUrl=" + url(registryName));
    return ShopAndWarehouse.run(arguments.toArray(new String[0]));
  }

  private List<List<String>> deadLetters() throws Exception {
    return world
        .databases()
        .warehouseRows("SELECT stage, reason, attempts, status FROM dead_letter");
  }

  /** By order the mark of its row, which is when Kafka took it where that is known. */
  private Map<String, Instant> orders() throws Exception {
    Map<String, Instant> orders = new TreeMap<>();
    for (List<String> row :
        world
            .databases()
            .warehouseRows(
                "SELECT order_id, (extract(epoch FROM change_ordered_at) * 1000)::bigint"
                    + " FROM fact_sales_realtime")) {
      orders.put(row.get(0), Instant.ofEpochMilli(Long.parseLong(row.get(1))));
    }
    return orders;
  }
}
