package vn.phusa.runners.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.runners.cli.ComparedRows;
import vn.phusa.runners.cli.Differences;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.cli.ShownWindows;
import vn.phusa.runners.cli.StreamWorld;
import vn.phusa.runners.cli.main.Main;
import vn.phusa.runners.embedded.EmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.embedded.process.JavaProcess;
import vn.phusa.runners.samples.SampleEvents;
import vn.phusa.runners.samples.SampleShop;

/**
 * A stream from the command line, under light load, while one service after another is away: killed
 * or stopped, and started again after a while. It goes on by itself, and leaves what an undisturbed
 * one leaves.
 */
class OutagesIT {
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(3));
  private static final Duration AWAY = Duration.ofSeconds(5);
  private static final double PER_SECOND = 25;
  private static final int CHUNK = 50;
  private static final Logger LOG = LoggerFactory.getLogger(OutagesIT.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  /** One way for a service to be away. */
  private record Outage(String name, Runnable begin, Runnable end) {}

  @ParameterizedTest
  @CsvSource({"direct, DirectRunner", "flink, FlinkRunner"})
  @EnabledIfSystemProperty(named = "phusa.faults", matches = "full")
  void servicesComeAndGo(String name, String runner) throws Exception {
    try (EmbeddedServices services = EmbeddedServices.forTests(folder.resolve("home"))) {
      ShownWindows windows = new ShownWindows(services.redis(), 0);
      try (StreamWorld calm = world(services, "calm_" + name);
          StreamWorld disturbed = world(services, "disturbed_" + name)) {
        Path output = folder.resolve("output");
        Process stream = start(disturbed, output, name, runner);
        try {
          AtomicBoolean enough = new AtomicBoolean();
          CompletableFuture<Void> load = load(services, enough);
          for (Outage outage : outages(services)) {
            long before = sales(disturbed);
            // Something arrived since the last outage: the stream has come back from it.
            await(stream, output).until(() -> sales(disturbed) > before + 10);
            outage.begin.run();
            Awaitility.await().pollDelay(AWAY).atMost(LIMIT).until(() -> true);
            outage.end.run();
            LOG.info("{} was away", outage.name);
          }
          enough.set(true);
          load.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
          await(stream, output)
              .untilAsserted(
                  () -> {
                    for (String topic : StreamWorld.READ.subList(0, 3)) {
                      assertThat(disturbed.lag(topic)).as(topic).isZero();
                    }
                    assertThat(windows.numbers())
                        .isEqualTo(ShownWindows.expected(disturbed.databases()));
                  });
          stream.destroy();
          assertThat(stream.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
          assertThat(stream.exitValue()).as(Files.readString(output)).isEqualTo(130);
        } finally {
          stream.destroyForcibly();
          LOG.info("the stream told: {}", Files.readString(output));
        }
        Map<String, String> processed = processed(disturbed);

        ShopAndWarehouse.Ended ended =
            calm.streamUntilNow("--runner=FlinkRunner", "--checkpointingInterval=500");

        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(sales(calm)).isGreaterThan(500);
        assertThat(Differences.between(rows(calm), rows(disturbed))).isEmpty();
        assertThat(rows(disturbed)).hasSameSizeAs(rows(calm));
        assertThat(windows.numbers()).isEqualTo(ShownWindows.expected(disturbed.databases()));
        assertThat(Differences.between(processed(calm), processed)).isEmpty();
        assertThat(processed).hasSize((int) sales(calm));
      }
    }
  }

  private static StreamWorld world(EmbeddedServices services, String name) throws Exception {
    return StreamWorld.of(services.kafka(), services.redis(), services.postgres(), name);
  }

  /** Each twice: as by a crash, and as by whoever maintains it. */
  private static List<Outage> outages(EmbeddedServices services) {
    return List.of(
        new Outage("Redis", services.redis()::kill, services.redis()::restart),
        new Outage("PostgreSQL", services.postgres()::kill, services.postgres()::restart),
        new Outage("Kafka", services.kafka()::kill, services.kafka()::restart),
        new Outage("Kafka", services.kafka()::close, services.kafka()::restart),
        new Outage("Redis", services.redis()::close, services.redis()::restart),
        new Outage("PostgreSQL", services.postgres()::close, services.postgres()::restart));
  }

  /** Sends events, whatever is away, until it is enough. */
  private static CompletableFuture<Void> load(EmbeddedServices services, AtomicBoolean enough) {
    SampleEvents events =
        SampleShop.create(11, 100, 1_000, Instant.parse("2025-06-30T12:00:00Z"))
            .events(Instant.now(), PER_SECOND)
            .dirty();
    Map<String, Object> kafka = services.kafka().clientSettings();
    return CompletableFuture.runAsync(
        () -> {
          for (long next = 0; !enough.get(); next += CHUNK) {
            events.send(kafka, next, CHUNK);
          }
        });
  }

  private static Process start(StreamWorld world, Path output, String name, String runner)
      throws IOException {
    List<String> command = JavaProcess.line();
    command.addAll(
        List.of("-Xmx768m", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(
        world.arguments(
            "stream",
            "--runner=" + runner,
            "--consumerGroup=disturbed_" + name,
            "--topics=" + String.join(",", StreamWorld.READ.subList(0, 3)),
            "--warehouseFlush=PT1S",
            "--windowFlush=PT2S",
            "--checkpointingInterval=1000"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private static ConditionFactory await(Process stream, Path output) {
    return Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .failFast(() -> assertThat(stream.isAlive()).as(Files.readString(output)).isTrue());
  }

  private static long sales(StreamWorld world) throws Exception {
    return world.databases().countInWarehouse("SELECT count(*) FROM fact_sales_realtime");
  }

  private static List<String> rows(StreamWorld world) throws Exception {
    List<String> rows = new ArrayList<>(ComparedRows.ofDimensions(world.databases()));
    rows.addAll(ComparedRows.ofRealtimeSales(world.databases()));
    for (String sql :
        List.of(
            "SELECT 'movement ' || (to_jsonb(f) - '{created_at,updated_at,product_key}'::text[])"
                + "::text || p.product_id || p.effective_date"
                + " FROM fact_inventory f JOIN dim_product p USING (product_key) ORDER BY 1",
            "SELECT 'letter ' || concat_ws(' ', id, stage, reason, payload, attempts, status)"
                + " FROM dead_letter ORDER BY 1")) {
      world.databases().warehouseRows(sql).forEach(row -> rows.add(row.get(0)));
    }
    return rows;
  }

  /** As compaction leaves it, the time of processing apart. */
  private static Map<String, String> processed(StreamWorld world) throws Exception {
    Map<String, String> processed = new TreeMap<>();
    for (Map.Entry<String, String> sale : world.lastValues("sales_processed").entrySet()) {
      ObjectNode fields = (ObjectNode) JSON.readTree(sale.getValue());
      fields.remove("processed_timestamp");
      processed.put(sale.getKey(), fields.toString());
    }
    return processed;
  }
}
