package vn.phusa.runners.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.cli.ShopAndWarehouse.Ended;
import vn.phusa.runners.cli.StreamWorld;
import vn.phusa.runners.cli.main.Main;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.EmbeddedServices;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.embedded.process.JavaProcess;
import vn.phusa.runners.samples.SampleEvents;
import vn.phusa.runners.samples.SampleShop;

/** How a stream is started, and how it is stopped. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamCommandIT {
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(2));

  @TempDir private Path folder;
  private StreamWorld world;

  @BeforeAll
  void start(EmbeddedKafka kafka, EmbeddedRedis redis, EmbeddedPostgres postgres) throws Exception {
    world = StreamWorld.of(kafka, redis, postgres, "stream_command");
  }

  @AfterAll
  void stop() throws Exception {
    world.close();
  }

  @Test
  void itStreamsAloneUntilItIsStopped() throws Exception {
    Path output = folder.resolve("output");
    Process stream = start(output);
    try {
      SampleEvents events = SampleShop.create(5, 20, 200, Instant.now()).events(Instant.now(), 10);
      for (int i = 0; i < 20; i++) {
        world.send(events.event(i));
      }
      awaitWhileAlive(
          () -> world.databases().countInWarehouse("SELECT count(*) FROM fact_sales_realtime") > 0,
          stream,
          output);

      expect(world.arguments("stream", "--consumerGroup=another"), 6, "another run is active");

      Instant asked = Instant.now();
      stream.destroy();
      assertThat(stream.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(Duration.between(asked, Instant.now()))
          .isLessThan(Deadline.scaled(Duration.ofSeconds(60)));
    } finally {
      stream.destroyForcibly();
    }
    List<String> told = Files.readAllLines(output);
    assertThat(stream.exitValue()).as(told.toString()).isEqualTo(130);
    assertThat(told).endsWith("phusa: stopped");
    assertThat(
            world
                .databases()
                .warehouseRows(
                    "SELECT DISTINCT status FROM etl_run JOIN etl_step USING (run_id, status)"
                        + " WHERE run_id ="
                        + " (SELECT run_id FROM etl_run ORDER BY started DESC LIMIT 1)"))
        .containsExactly(List.of("aborted"));
  }

  @Test
  void wrongOptionsAreReported() {
    expect(world.arguments("stream", "--until=tomorrow"), 2, "--until: now expected");
    expect(world.arguments("stream", "--topics=sales"), 2, "\"sales\" is none of sales_events,");
    expect(world.arguments("stream", "--startPosition=middle"), 2, "--startPosition");
    expect(world.arguments("stream", "--allowedLateness=long"), 2, "--allowedLateness");
    expect(world.arguments("stream", "--allowedLateness=-PT1H"), 2, "--allowedLateness");
    expect(world.arguments("stream", "--windowTimeToLive=PT30M"), 2, "--windowTimeToLive");
    expect(world.arguments("stream", "--warehouseFlush=PT0S"), 2, "--warehouseFlush");
    expect(
        world.arguments("stream", "--schemaRegistryUrl=registry:8081"), 2, "--schemaRegistryUrl");
    expect(world.arguments("replay", "--stage=a b"), 2, "--stage");
    expect(world.arguments("replay", "--from=2025-03-02", "--to=2025-03-01"), 2, "--to");
    expect(world.arguments("replay", "--allowedLateness=-PT1H"), 2, "--allowedLateness");
    expect(List.of("stream"), 2, "--warehouseUrl and --kafkaBootstrapServers and --redisUri");
  }

  @Test
  void aKafkaOrRedisThatIsAwayIsNamed() {
    expect(but("--kafkaBootstrapServers=127.0.0.1:1"), 3, "--kafkaBootstrapServers");
    expect(but("--redisUri=redis://127.0.0.1:1"), 3, "--redisUri");
    expect(but("--redisPassword=${file:" + wrong() + "}"), 3, "--redisUri");
    expect(
        world.arguments("stream", "--schemaRegistryUrl=http://127.0.0.1:1"),
        3,
        "--schemaRegistryUrl");
    expect(
        world.arguments("replay", "--schemaRegistryUrl=http://127.0.0.1:1"),
        3,
        "--schemaRegistryUrl");
  }

  /** Each would go on where the other was. */
  @Test
  void twoWarehousesDoNotShareAGroup(EmbeddedPostgres postgres) throws Exception {
    String[] more = {"--topics=inventory_events", "--until=now", "--consumerGroup=one_warehouse"};
    List<String> first = world.arguments("stream", more);
    List<String> second = new ArrayList<>(first);
    String url = "--warehouseUrl=" + postgres.createDatabase("stream_command_second");
    second.replaceAll(word -> word.startsWith("--warehouseUrl=") ? url : word);
    List<String> migrate = new ArrayList<>(second.subList(1, 4));
    migrate.add(0, "migrate");
    try {
      assertThat(ShopAndWarehouse.run(migrate.toArray(new String[0])).code()).isZero();
      for (int time = 0; time < 2; time++) {
        Ended ended = ShopAndWarehouse.run(first.toArray(new String[0]));
        assertThat(ended.code()).as(ended.all()).isZero();
      }

      expect(
          second,
          2,
          "--consumerGroup: one_warehouse is how far another warehouse has read inventory_events;"
              + " give this one a group of its own, or, if it was restored from that one, commit the"
              + " offsets anew (docs/streaming.md)");
    } finally {
      postgres.dropDatabase("stream_command_second");
    }
  }

  /** What keeps a stream from reading ends it before it begins, on Flink too. */
  @Test
  void whatNoConsumerCanBeMadeOfIsReported() throws Exception {
    Path properties =
        Files.writeString(
            folder.resolve("kafka"),
            Files.readString(world.kafka().propertiesFile()) + "fetch.min.bytes=-1\n");
    for (String runner : List.of("DirectRunner", "FlinkRunner")) {
      expect(
          but("--kafkaProperties=" + properties, "--runner=" + runner),
          3,
          "--kafkaBootstrapServers): no client can be made of the servers and --kafkaProperties");
    }
  }

  /** A Kafka that has none of the topics. */
  @Test
  void topicsThatAreNotThereAreNamed() {
    try (EmbeddedServices empty = EmbeddedServices.forTests(folder.resolve("empty"))) {
      String servers = "--kafkaBootstrapServers=" + empty.kafka().bootstrapServers();
      List<String> elsewhere = but(servers, "--kafkaProperties=" + empty.kafka().propertiesFile());
      expect(elsewhere, 3, "--kafkaBootstrapServers): there is no topic sales_events");
      empty.kafka().createTopic("inventory_events", 1, Duration.ofDays(1));
      List<String> some = new ArrayList<>(elsewhere);
      some.add("--topics=inventory_events");
      expect(some, 3, "--kafkaBootstrapServers): there is no topic dead_letters");
    }
  }

  private Path wrong() {
    try {
      return Files.writeString(folder.resolve("wrong"), "hunter2");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> but(String... options) {
    List<String> arguments = new ArrayList<>(world.arguments("stream"));
    for (String option : options) {
      arguments.removeIf(word -> word.startsWith(option.substring(0, option.indexOf('=') + 1)));
      arguments.add(option);
    }
    return arguments;
  }

  private Process start(Path output) throws Exception {
    List<String> command = JavaProcess.line();
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    command.addAll(
        world.arguments(
            "stream", "--consumerGroup=stream_command", "--topics=sales_events,inventory_events"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private static void awaitWhileAlive(Callable<Boolean> condition, Process stream, Path output) {
    await("what is awaited of the stream that writes " + output)
        .atMost(LIMIT)
        .until(
            () -> {
              assertThat(stream.isAlive()).as(Files.readString(output)).isTrue();
              return condition.call();
            });
  }

  private static void expect(List<String> arguments, int code, String told) {
    Ended ended = ShopAndWarehouse.run(arguments.toArray(new String[0]));
    assertThat(ended.code()).as(ended.all()).isEqualTo(code);
    assertThat(ended.err()).startsWith("phusa: ").contains(told).hasLineCount(1);
  }
}
