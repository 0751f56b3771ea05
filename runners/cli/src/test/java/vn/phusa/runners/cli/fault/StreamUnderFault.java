package vn.phusa.runners.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import vn.phusa.options.address.SecretReference;
import vn.phusa.runners.cli.CommandProcess;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.cli.ShownWindows;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.junit.FaultyNetwork;
import vn.phusa.runners.samples.SampleEvent;
import vn.phusa.runners.samples.SampleEvents;
import vn.phusa.runners.samples.SampleShop;

/** A stream whose way to one service is disturbed under light load. */
final class StreamUnderFault {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration FOR_EVER = Duration.ofSeconds(100);
  private static final AtomicInteger REDIS_DATABASES = new AtomicInteger(1);
  private static final List<String> TOPICS =
      List.of("sales_events", "customer_events", "inventory_events");

  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final EmbeddedRedis redis;

  /** What is disturbed, and what it is called. */
  enum Service {
    WAREHOUSE("warehouse"),
    KAFKA("Kafka"),
    REDIS("Redis");

    private final String arguments;

    Service(String arguments) {
      this.arguments = arguments;
    }
  }

  StreamUnderFault(Path folder, EmbeddedPostgres postgres, EmbeddedRedis redis) {
    this.folder = folder;
    this.postgres = postgres;
    this.redis = redis;
  }

  /** Goes through it, and gives a line of what happened. */
  String meet(Service service, NetworkFault fault, String runner, Duration patience)
      throws Exception {
    String name = "stream_%s_%s_%s".formatted(service, fault, runner).toLowerCase(Locale.ROOT);
    Path home = Files.createDirectories(folder.resolve(name));
    ShownWindows windows =
        new ShownWindows(redis, REDIS_DATABASES.getAndIncrement() % 16).emptied();
    List<String> topics = new ArrayList<>(TOPICS);
    topics.addAll(List.of("sales_processed", "dead_letters"));
    try (ProxiedBroker broker = ProxiedBroker.start(home.resolve("kafka"), topics);
        FaultyNetwork toWarehouse = FaultyNetwork.to(postgres.port());
        FaultyNetwork toRedis = FaultyNetwork.to(redis.port());
        ShopAndWarehouse databases = ShopAndWarehouse.in(postgres, name)) {
      assertThat(databases.onWarehouse("migrate").code()).isZero();
      FaultyNetwork network =
          switch (service) {
            case WAREHOUSE -> toWarehouse;
            case KAFKA -> broker.network();
            case REDIS -> toRedis;
          };
      List<String> arguments = new ArrayList<>(List.of("stream"));
      for (String word : databases.warehouseArguments()) {
        arguments.add(word.replace(":" + postgres.port() + "/", ":" + toWarehouse.port() + "/"));
      }
      arguments.add(
          "--redisUri=" + windows.uri().replace(":" + redis.port(), ":" + toRedis.port()));
      arguments.add("--redisPassword=" + SecretReference.toFile(redis.passwordFile()));
      arguments.addAll(
          List.of(
              "--kafkaBootstrapServers=" + broker.servers(),
              "--runner=" + runner,
              "--topics=" + String.join(",", TOPICS),
              "--startPosition=earliest",
              "--warehouseFlush=PT1S",
              "--windowFlush=PT2S"));
      if (runner.equals("FlinkRunner")) {
        arguments.add("--checkpointingInterval=1000");
      }
      // The DirectRunner reads ten records at a time, and would catch up for minutes.
      try (Load load = new Load(broker.direct(), runner.equals("FlinkRunner") ? 50 : 200);
          CommandProcess stream =
              CommandProcess.start(
                  home.resolve("output"),
                  List.of("-Dphusa.answerTimeout=" + patience),
                  arguments)) {
        return meet(service, fault, network, stream, load, databases, windows);
      }
    }
  }

  private static String meet(
      Service service,
      NetworkFault fault,
      FaultyNetwork network,
      CommandProcess stream,
      Load load,
      ShopAndWarehouse databases,
      ShownWindows windows)
      throws Exception {
    awaitSales(stream, databases, 20);
    fault.begin(List.of(network));
    Duration lasts = fault == NetworkFault.STALL_FOR_EVER ? FOR_EVER : fault.lasts();
    if (lasts != null) {
      stream.await(lasts);
      if (fault == NetworkFault.STALL_FOR_EVER) {
        assertThat(stream.told("waiting for .*" + service.arguments))
            .as(stream.told())
            .isNotEmpty();
      }
      network.heal();
    }
    Instant healed = Instant.now();
    awaitSales(stream, databases, load.sales.size());
    long seconds = Duration.between(healed, Instant.now()).toSeconds();
    load.enough.set(true);
    load.sending.get(1, TimeUnit.MINUTES);
    awaitSales(stream, databases, load.sales.size());
    Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> assertThat(windows.numbers()).isEqualTo(ShownWindows.expected(databases)));
    List<String> told =
        stream.told("waiting for|did not answer|was lost|ended after|away|again|phusa: |failed");
    stream.stop();
    int code = stream.await(Duration.ofMinutes(2));
    assertThat(code).as(stream.told()).isEqualTo(130);
    return "goes on, caught up %d s later; %s".formatted(seconds, told);
  }

  private static void awaitSales(CommandProcess stream, ShopAndWarehouse databases, long least) {
    Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .failFast(() -> assertThat(stream.isAlive()).as(stream.told()).isTrue())
        .until(
            () -> databases.countInWarehouse("SELECT count(*) FROM fact_sales_realtime") >= least);
  }

  /** Events that are sent, whatever is away, until it is enough. */
  private static final class Load implements AutoCloseable {
    private final Set<String> sales = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean enough = new AtomicBoolean();
    private final KafkaProducer<byte[], byte[]> producer;
    private final CompletableFuture<Void> sending;

    Load(String servers, long pauseMillis) {
      SampleEvents events =
          SampleShop.create(11, 100, 1_000, Instant.parse("2025-06-30T12:00:00Z"))
              .events(Instant.now(), 1_000.0 / pauseMillis);
      producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", servers),
              new ByteArraySerializer(),
              new ByteArraySerializer());
      sending = CompletableFuture.runAsync(() -> send(events, pauseMillis));
    }

    private void send(SampleEvents events, long pauseMillis) {
      for (long number = 0; !enough.get(); number++) {
        SampleEvent event = events.event(number);
        var unused = producer.send(new ProducerRecord<>(event.topic(), event.key(), event.value()));
        if (event.topic().equals(SampleEvents.SALES)) {
          sales.add(new String(event.key(), StandardCharsets.UTF_8));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
      }
      producer.flush();
    }

    @Override
    public void close() {
      enough.set(true);
      sending.join();
      producer.close(Duration.ofSeconds(10));
    }
  }
}
