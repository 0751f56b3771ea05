package vn.phusa.pipelines.io.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ParDo;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.RedisAddress;
import vn.phusa.options.address.SecretReference;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseSchema;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.transforms.rules.Rules;

/** A running stream gives a Redis that forgot windows all of them again. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveWindowsIT {
  private static final Duration TWO_DAYS = Duration.ofHours(48);

  private DatabaseAddress warehouse;
  private EmbeddedRedis redis;
  private RedisAddress address;

  @BeforeAll
  void migrate(FreshDatabase database, EmbeddedRedis embedded, @TempDir Path folder)
      throws Exception {
    warehouse =
        new DatabaseAddress(
            "warehouse",
            "warehouseUrl",
            database.jdbcUrl(),
            database.user(),
            SecretReference.toFile(
                Files.writeString(folder.resolve("secret"), database.password())));
    WarehouseSchema.migrate(Postgres.dataSource(warehouse), warehouse.schema(), Rules.defaults());
    redis = embedded;
    address = new RedisAddress(redis.address(), null, SecretReference.toFile(redis.passwordFile()));
  }

  @BeforeEach
  void empty() throws Exception {
    execute("TRUNCATE fact_sales_realtime");
    forget();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = Postgres.open(warehouse);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A sale at a time of the day, which the table got some hours ago. */
  private void sold(String time, int hoursAgo) throws SQLException {
    execute(
        "INSERT INTO fact_sales_realtime (order_id, platform, region, order_timestamp,"
            + " processed_timestamp) VALUES ('%1$s', 'Tiki', 'North', '2025-03-01 %1$s+00',"
                .formatted(time)
            + " now() - interval '%d hours')".formatted(hoursAgo));
  }

  private void forget() {
    try (Jedis jedis = new Jedis(redis.uri())) {
      jedis.flushDB();
    }
  }

  private void tick(long number) {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(number).withCoder(VarLongCoder.of()))
        .apply(ParDo.of(new LiveWindows.LiveWindowsFn(warehouse, address, TWO_DAYS)));
    pipeline.run().waitUntilFinish();
  }

  /** The times of the day when the windows begin that are shown. */
  private Set<String> shown() {
    try (Jedis jedis = new Jedis(redis.uri())) {
      return jedis.keys("sales:5m:2025*").stream()
          .map(key -> key.substring("sales:5m:2025-03-01T".length(), key.indexOf("Z:")))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void anEmptyRedisIsFilledWithinAMinute() throws Exception {
    sold("10:02", 5);
    sold("10:07", 47);
    sold("10:12", 49);
    tick(0);
    assertThat(shown()).containsExactlyInAnyOrder("10:00:00", "10:05:00");
    forget();
    tick(3);
    assertThat(shown()).containsExactlyInAnyOrder("10:00:00", "10:05:00");
  }

  @Test
  void aRedisThatForgotNothingIsGivenWhatIsNew() throws Exception {
    sold("10:02", 5);
    tick(0);
    sold("10:07", 0);
    tick(1);
    assertThat(shown()).containsExactly("10:00:00");
    // Was there when the stream began: it is not looked for again.
    sold("10:12", 5);
    tick(10);
    assertThat(shown()).containsExactlyInAnyOrder("10:00:00", "10:05:00");
  }

  @Test
  void aRedisThatIsOlderThanItWasIsGivenWhatItForgot() throws Exception {
    tick(0);
    sold("10:02", 1);
    sold("10:07", 5);
    try (Jedis jedis = new Jedis(redis.uri())) {
      String of = jedis.hkeys(RedisWindowStore.COMPLETE).iterator().next();
      long before = Instant.now().minus(Duration.ofHours(3)).toEpochMilli();
      jedis.hset(RedisWindowStore.COMPLETE, of, Long.toString(before));
    }
    tick(20);
    assertThat(shown()).containsExactly("10:00:00");
  }

  @Test
  void aRedisThatComesBackEmptyMeanwhileIsFilledByTheNextTick() throws Exception {
    sold("10:02", 5);
    whileItPolls(
        () -> {
          redis.kill();
          redis.restart();
        });
    forgetWindows();
    tick(1);
    assertThat(shown()).containsExactly("10:00:00");
  }

  @Test
  void aRedisThatIsEmptiedMeanwhileIsFilledByTheNextTick() throws Exception {
    sold("10:02", 5);
    whileItPolls(this::forget);
    forgetWindows();
    tick(1);
    assertThat(shown()).containsExactly("10:00:00");
  }

  /** Stands for the windows that were shown before Redis forgot them. */
  private void forgetWindows() {
    assertThat(shown()).containsExactly("10:00:00");
    try (Jedis jedis = new Jedis(redis.uri())) {
      jedis.keys("*sales:5m:*2025*").forEach(jedis::del);
    }
    assertThat(shown()).isEmpty();
  }

  /** Does something after a tick has begun, and before it knows what to show. */
  private void whileItPolls(Runnable something) throws Exception {
    CompletableFuture<Void> tick;
    try (Connection connection = Postgres.open(warehouse);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE fact_sales_realtime IN ACCESS EXCLUSIVE MODE");
      tick = CompletableFuture.runAsync(() -> tick(0));
      awaitWaiting(statement);
      something.run();
      connection.rollback();
    }
    tick.get(60, TimeUnit.SECONDS);
  }

  private static void awaitWaiting(Statement statement) throws Exception {
    Awaitility.await()
        .atMost(Deadline.scaled(Duration.ofMinutes(2)))
        .until(
            () -> {
              try (ResultSet row =
                  statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
                return row.next() && row.getLong(1) > 0;
              }
            });
  }
}
