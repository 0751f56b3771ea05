package vn.phusa.runners.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.options.address.RedisAddress;
import vn.phusa.options.address.SecretReference;
import vn.phusa.pipelines.deadletter.KeepDeadLetters;
import vn.phusa.pipelines.flow.FlowContext;
import vn.phusa.pipelines.flow.SalesFlow;
import vn.phusa.pipelines.io.kafka.decode.DecodeTopic;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.runners.cli.ComparedRows;
import vn.phusa.runners.cli.Differences;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.cli.ShownWindows;
import vn.phusa.runners.cli.retail.RetailShopDays;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.samples.SampleShop;
import vn.phusa.transforms.model.TopicRecord;
import vn.phusa.transforms.rules.Rules;

/**
 * The same changes and sales, loaded in batch and streamed through Kafka in random order, some of
 * them twice: the same rows.
 */
@WithEmbeddedServices
@Timeout(600)
class BatchEqualsStreamIT {
  private static final long SEED = Long.getLong("phusa.equal.seed", 4);
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(3));
  private static final Duration LATENESS = Duration.ofDays(7_000);

  private final Random random = new Random(SEED);

  @Test
  void daysOfTheSampleShop(EmbeddedPostgres postgres, EmbeddedKafka kafka, EmbeddedRedis redis)
      throws Exception {
    Instant until = Instant.parse("2025-06-30T12:00:00Z");
    SampleShop sample = SampleShop.create(SEED, 300, 2_000, until);
    List<ShopDay> days = new ArrayList<>();
    days.add(sample::writeTo);
    for (int day = 1; day <= 3; day++) {
      int number = day;
      days.add(shop -> sample.applyDay(shop, number, until.plus(number, ChronoUnit.DAYS)));
    }
    assertSame(days, "DirectRunner", "sample", postgres, kafka, redis);
  }

  @Test
  void daysOfARealShop(EmbeddedPostgres postgres, EmbeddedKafka kafka, EmbeddedRedis redis)
      throws Exception {
    List<ShopDay> all = RetailShopDays.besideRepository();
    boolean full = "full".equals(System.getProperty("phusa.faults")) && !all.isEmpty();
    assertSame(
        full ? all : RetailShopDays.inRepository(), "FlinkRunner", "real", postgres, kafka, redis);
  }

  private void assertSame(
      List<ShopDay> days,
      String runner,
      String name,
      EmbeddedPostgres postgres,
      EmbeddedKafka kafka,
      EmbeddedRedis redis)
      throws Exception {
    Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    ShuffledTopics.create(kafka);
    try (ShopAndWarehouse batch = ShopAndWarehouse.in(postgres, "equal_" + name);
        ShopAndWarehouse stream = batch.withWarehouse(postgres, "equal_" + name + "_stream")) {
      done(batch.onWarehouse("migrate"));
      done(stream.onWarehouse("migrate"));
      batch.createShopTables();
      CapturedChanges capture = new CapturedChanges(SEED);
      List<ProducerRecord<byte[], byte[]>> changes = new ArrayList<>();
      for (ShopDay day : days) {
        try (Connection shop = batch.shop()) {
          day.applyTo(shop);
        }
        try (Connection shop = batch.shop()) {
          changes.addAll(capture.look(shop));
        }
        done(batch.load("load-dimensions", "--fromBeginning=true"));
        done(batch.load("load-facts", "--fromBeginning=true"));
      }

      List<ProducerRecord<byte[], byte[]>> shuffled = ShuffledTopics.shuffled(changes, random);
      int half = shuffled.size() / 2;
      for (List<ProducerRecord<byte[], byte[]>> part :
          List.of(shuffled.subList(0, half), shuffled.subList(half, shuffled.size()))) {
        ShuffledTopics.send(kafka, part, start);
        done(
            stream.onWarehouse(
                "stream",
                arguments(
                    kafka,
                    new ShownWindows(redis, 2),
                    start,
                    "--runner=" + runner,
                    "--topics=cdc_customers,cdc_products,cdc_orders,cdc_transactions",
                    "--until=now",
                    "--consumerGroup=equal_" + name)));
      }

      assertSameRows(batch, stream);
    }
  }

  private static void assertSameRows(ShopAndWarehouse batch, ShopAndWarehouse stream)
      throws Exception {
    assertThat(
            Differences.between(
                ComparedRows.ofDimensions(batch), ComparedRows.ofDimensions(stream)))
        .as("seed %s: dimensions", SEED)
        .isEmpty();
    assertThat(Differences.between(ComparedRows.ofFacts(batch), ComparedRows.ofFacts(stream)))
        .as("seed %s: facts", SEED)
        .isEmpty();
    // What is compared as sets is there once.
    assertThat(ComparedRows.ofDimensions(stream)).hasSameSizeAs(ComparedRows.ofDimensions(batch));
    assertThat(ComparedRows.ofFacts(stream))
        .hasSameSizeAs(ComparedRows.ofFacts(batch))
        .isNotEmpty();
    assertThat(stream.countInWarehouse("SELECT count(*) FROM dim_product WHERE NOT is_current"))
        .isPositive();
  }

  @Test
  void salesAndTheirWindows(EmbeddedPostgres postgres, EmbeddedKafka kafka, EmbeddedRedis redis)
      throws Exception {
    Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    SampleShop sample = SampleShop.create(SEED, 300, 2_000, Instant.parse("2025-06-30T12:00:00Z"));
    assertSameSales(SoldEvents.of(sample, 1_500, start), start, "sales", postgres, kafka, redis);
  }

  @Test
  void salesOfARealShop(EmbeddedPostgres postgres, EmbeddedKafka kafka, EmbeddedRedis redis)
      throws Exception {
    Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    assertSameSales(
        SoldEvents.of(RetailShopDays.ordersInRepository(), start),
        start,
        "retail",
        postgres,
        kafka,
        redis);
  }

  private void assertSameSales(
      List<ProducerRecord<byte[], byte[]>> sold,
      Instant start,
      String name,
      EmbeddedPostgres postgres,
      EmbeddedKafka kafka,
      EmbeddedRedis redis)
      throws Exception {
    ShuffledTopics.create(kafka);
    ShownWindows ofBatch = new ShownWindows(redis, 3).emptied();
    ShownWindows ofStream = new ShownWindows(redis, 4).emptied();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (ShopAndWarehouse batch = ShopAndWarehouse.in(postgres, "equal_" + name);
        ShopAndWarehouse stream = batch.withWarehouse(postgres, "equal_" + name + "_stream")) {
      done(batch.onWarehouse("migrate"));
      done(stream.onWarehouse("migrate"));
      bounded(batch, ofBatch, kafka, ShuffledTopics.shuffled(sold, random));
      List<String> expected = ComparedRows.ofRealtimeSales(batch);
      Map<String, String> windows = ShownWindows.expected(batch);
      assertThat(expected).hasSizeGreaterThan(1_000);
      assertThat(windows).hasSizeGreaterThan(10);
      assertThat(ofBatch.numbers()).isEqualTo(windows);

      String[] arguments =
          arguments(
              kafka,
              ofStream,
              start,
              // The other runner reads ten records at a time.
              "--runner=FlinkRunner",
              "--topics=sales_events",
              "--consumerGroup=equal_" + name);
      Future<ShopAndWarehouse.Ended> running =
          thread.submit(() -> stream.onWarehouse("stream", arguments));
      List<ProducerRecord<byte[], byte[]>> shuffled = ShuffledTopics.shuffled(sold, random);
      for (int from = 0; from < shuffled.size(); from += 500) {
        ShuffledTopics.send(
            kafka, shuffled.subList(from, Math.min(shuffled.size(), from + 500)), start);
      }
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofSeconds(1))
          .failFast("the stream ended", running::isDone)
          .untilAsserted(
              () -> {
                List<String> rows = ComparedRows.ofRealtimeSales(stream);
                assertThat(Differences.between(expected, rows))
                    .as("seed %s, %s of %s rows", SEED, rows.size(), expected.size())
                    .isEmpty();
                assertThat(rows).hasSameSizeAs(expected);
                assertThat(ShownWindows.expected(stream)).isEqualTo(windows);
                assertThat(ofStream.numbers()).isEqualTo(windows);
              });
      thread.shutdownNow();
      running.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } finally {
      thread.shutdownNow();
    }
  }

  /** The same transforms over the same events as a bounded collection, in an order of its own. */
  private static void bounded(
      ShopAndWarehouse batch,
      ShownWindows windows,
      EmbeddedKafka kafka,
      List<ProducerRecord<byte[], byte[]>> records) {
    FlowContext to =
        new FlowContext(
            new KafkaAddress(kafka.bootstrapServers(), kafka.properties(), null),
            batch.warehouseAddress(),
            new RedisAddress(
                windows.uri(), null, SecretReference.toFile(windows.redis().passwordFile())),
            Rules.defaults(),
            RunId.random(),
            LATENESS,
            Duration.ofSeconds(1),
            LATENESS.plusDays(1),
            true,
            null);
    List<TopicRecord> events = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : records) {
      events.add(
          TopicRecord.create(
              record.topic(),
              0,
              events.size(),
              record.timestamp() * 1_000,
              record.key(),
              record.value()));
    }
    Pipeline pipeline = Pipeline.create();
    var decoded =
        pipeline.apply("Events", Create.of(events)).apply("Decode", DecodeTopic.sales(to.kafka()));
    decoded
        .get(DecodeTopic.MAIN)
        .apply("Keep", SalesFlow.to(to, "sales_events"))
        .apply("Letters", KeepDeadLetters.to(to, "sales_events"));
    pipeline.run().waitUntilFinish();
  }

  private static String[] arguments(
      EmbeddedKafka kafka, ShownWindows windows, Instant start, String... more) {
    List<String> arguments = new ArrayList<>(windows.arguments());
    arguments.add("--kafkaBootstrapServers=" + kafka.bootstrapServers());
    arguments.add("--kafkaProperties=" + kafka.propertiesFile());
    arguments.add("--startPosition=" + start);
    arguments.add("--allowedLateness=" + LATENESS);
    arguments.add("--windowTimeToLive=" + LATENESS.plusDays(1));
    arguments.add("--windowFlush=PT1S");
    arguments.add("--warehouseFlush=PT1S");
    arguments.addAll(List.of(more));
    return arguments.toArray(new String[0]);
  }

  private static void done(ShopAndWarehouse.Ended ended) {
    assertThat(ended.code()).as(ended.all()).isZero();
  }
}
