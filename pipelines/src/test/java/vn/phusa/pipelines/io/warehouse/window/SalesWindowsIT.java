package vn.phusa.pipelines.io.warehouse.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.base.Throwables;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.resps.Tuple;
import vn.phusa.options.address.RedisAddress;
import vn.phusa.options.address.SecretReference;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.redis.LiveWindows;
import vn.phusa.pipelines.io.redis.RedisWindowStore;
import vn.phusa.pipelines.io.redis.WriteWindows;
import vn.phusa.pipelines.io.warehouse.RandomEvents;
import vn.phusa.pipelines.io.warehouse.TestWarehouse;
import vn.phusa.pipelines.io.warehouse.fact.RealtimeSalesWriter;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.model.RealtimeSale;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.windows.SalesWindows;

/** What Redis shows is what the table has, whoever shows it when. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SalesWindowsIT {
  private static final Duration TWO_DAYS = Duration.ofHours(48);
  private static final long FIVE_MINUTES = 300_000_000L;
  private static final List<Long> STARTS =
      List.of(
          RandomEvents.START,
          RandomEvents.START + FIVE_MINUTES,
          RandomEvents.START + 2 * FIVE_MINUTES);

  private TestWarehouse warehouse;
  private EmbeddedRedis redis;
  private RedisAddress address;

  @BeforeAll
  void migrate(FreshDatabase database, EmbeddedRedis embedded) throws Exception {
    warehouse = TestWarehouse.in(database);
    redis = embedded;
    address = new RedisAddress(redis.address(), null, SecretReference.toFile(redis.passwordFile()));
  }

  @BeforeEach
  void empty() throws Exception {
    warehouse.execute("TRUNCATE fact_sales_realtime");
    try (Jedis jedis = new Jedis(redis.uri())) {
      jedis.flushDB();
    }
  }

  private void write(RealtimeSale... sales) throws SQLException {
    try (var writing = warehouse.writing(new RealtimeSalesWriter(Rules.defaults()))) {
      writing.write(List.of(sales), TestWarehouse::refuse);
    }
  }

  private WindowTotals read() throws SQLException {
    try (Connection connection = Postgres.open(warehouse.address())) {
      return WindowTotals.read(connection, STARTS);
    }
  }

  private int show(WindowTotals totals) {
    try (RedisWindowStore store = new RedisWindowStore(address, TWO_DAYS)) {
      return store.show(totals);
    }
  }

  /** The hashes by their keys, without the time of writing, and the index. */
  private Map<String, Object> shown() {
    Map<String, Object> all = new TreeMap<>();
    try (Jedis jedis = new Jedis(redis.uri())) {
      for (String key : jedis.keys("sales:5m:*")) {
        if (key.equals(RedisWindowStore.INDEX)) {
          for (Tuple start : jedis.zrangeWithScores(key, 0, -1)) {
            all.put("start " + start.getElement(), start.getScore());
          }
        } else {
          Map<String, String> hash = new TreeMap<>(jedis.hgetAll(key));
          assertThat(Instant.parse(hash.remove("updated_at")))
              .isBefore(Instant.now().plusSeconds(60));
          assertThat(jedis.ttl(key)).isBetween(1L, TWO_DAYS.toSeconds());
          all.put(key, hash);
        }
      }
    }
    return all;
  }

  /** What is to be shown, computed without the view. */
  private Map<String, Object> expected() throws SQLException {
    Map<String, List<BigDecimal>> amounts = new TreeMap<>();
    for (List<String> row :
        warehouse.query(
            "SELECT extract(epoch FROM order_timestamp)::bigint, platform, region, total_amount_vnd"
                + " FROM fact_sales_realtime WHERE in_windows")) {
      long start = SalesWindows.startOf(Long.parseLong(row.get(0)) * 1_000_000) / 1_000_000;
      amounts
          .computeIfAbsent(start + ":" + row.get(1) + ":" + row.get(2), k -> new ArrayList<>())
          .add(row.get(3) == null ? null : new BigDecimal(row.get(3)));
    }
    Map<String, Object> all = new TreeMap<>();
    amounts.forEach(
        (line, values) -> {
          String[] parts = line.split(":");
          Instant start = Instant.ofEpochSecond(Long.parseLong(parts[0]));
          List<BigDecimal> known = values.stream().filter(v -> v != null).toList();
          BigDecimal sum = known.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
          Map<String, String> hash = new TreeMap<>();
          hash.put("order_count", Integer.toString(values.size()));
          hash.put("total_revenue_vnd", sum.toPlainString());
          hash.put("window_start", start.toString());
          hash.put("window_end", start.plusSeconds(300).toString());
          if (!known.isEmpty()) {
            BigDecimal mean = sum.divide(BigDecimal.valueOf(known.size()), 0, RoundingMode.HALF_UP);
            hash.put("avg_order_value_vnd", mean.toPlainString());
          }
          all.put("sales:5m:" + start + ":" + parts[1] + ":" + parts[2], hash);
          all.put("start " + start, (double) start.getEpochSecond());
        });
    return all;
  }

  @Test
  void readingsShownInAnyOrderEndInTheNewest() throws Exception {
    for (int seed = 0; seed < 25; seed++) {
      RandomEvents random = new RandomEvents(seed);
      List<WindowTotals> readings = new ArrayList<>();
      for (List<RealtimeSale> batch : random.shuffledBatches(random.events(6, 4))) {
        write(batch.toArray(new RealtimeSale[0]));
        readings.add(read());
      }
      Collections.shuffle(readings, new Random(seed));
      readings.forEach(this::show);
      assertThat(shown()).as("seed " + seed).isEqualTo(expected());
      empty();
    }
  }

  @Test
  void aTransactionThatBeganEarlierAndEndsLaterMakesANewerReading() throws Exception {
    try (Connection slow = Postgres.open(warehouse.address());
        var statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute("SELECT pg_current_xact_id()");
      write(RandomEvents.sale("fast", RandomEvents.START, 1).build());
      WindowTotals without = read();
      statement.execute(
          "INSERT INTO fact_sales_realtime (order_id, platform, region, order_timestamp)"
              + " SELECT 'slow', platform, region, order_timestamp FROM fact_sales_realtime");
      slow.commit();
      WindowTotals with = read();
      assertThat(with.version()).isGreaterThan(without.version());
      assertThat(show(with)).isEqualTo(3);
      assertThat(show(without)).as("overtaken").isZero();
      assertThat(shown()).isEqualTo(expected());
      assertThat(shown().toString()).contains("order_count=2");
    }
  }

  @Test
  void aSaleThatMovesLeavesItsWindowEmpty() throws Exception {
    write(RandomEvents.sale("O", RandomEvents.START, 1).setTotalAmountVnd(BigDecimal.TEN).build());
    WindowTotals before = read();
    show(before);
    RealtimeSale moved =
        RandomEvents.sale("O", RandomEvents.START + FIVE_MINUTES, 2).setPlatform("Shopee").build();
    write(moved);
    // The window that was left is known from the table, also to one who did not write it.
    showTouchedBy(moved);
    assertThat(shown()).isEqualTo(expected());
    assertThat(shown().keySet())
        .containsExactly(
            "sales:5m:2023-11-14T22:20:00Z:Shopee:North", "start 2023-11-14T22:20:00Z");
    show(before);
    assertThat(shown()).as("an old reading fills no window again").isEqualTo(expected());
  }

  private void showTouchedBy(RealtimeSale committed) {
    Pipeline pipeline = Pipeline.create();
    PCollection<RealtimeSale> sales = pipeline.apply(Create.of(committed));
    sales
        .apply(TouchedWindows.in(warehouse.address()))
        .get(TouchedWindows.WINDOWS)
        .apply(WriteWindows.of(warehouse.address(), address));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aStartWithoutAnyStateShowsAllLiveWindows() throws Exception {
    RandomEvents random = new RandomEvents(7);
    for (List<RealtimeSale> batch : random.shuffledBatches(random.events(20, 3))) {
      write(batch.toArray(new RealtimeSale[0]));
    }
    write(RandomEvents.sale("old", RandomEvents.START - FIVE_MINUTES, 1).build());
    warehouse.execute(
        "UPDATE fact_sales_realtime SET processed_timestamp = now() - interval '49 hours'"
            + " WHERE order_id = 'old'");
    Pipeline pipeline = Pipeline.create();
    pipeline.apply(LiveWindows.of(warehouse.address(), address, TWO_DAYS).onlyAtStart());
    pipeline.run().waitUntilFinish();
    warehouse.execute("DELETE FROM fact_sales_realtime WHERE order_id = 'old'");
    assertThat(shown()).isNotEmpty().isEqualTo(expected());
  }

  @Test
  void windowsThatExpiredLeaveTheIndex() throws Exception {
    write(RandomEvents.sale("O", RandomEvents.START, 1).build());
    write(RandomEvents.sale("P", RandomEvents.START + FIVE_MINUTES, 1).build());
    WindowTotals all = read();
    try (RedisWindowStore brief = new RedisWindowStore(address, Duration.ofMillis(30))) {
      brief.show(only(all, 0));
    }
    try (Jedis jedis = new Jedis(redis.uri())) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> !jedis.exists("sales:5m:2023-11-14T22:15:00Z:Tiki:North"));
    }
    show(only(all, 1));
    assertThat(shown().keySet())
        .containsExactly("sales:5m:2023-11-14T22:20:00Z:Tiki:North", "start 2023-11-14T22:20:00Z");
  }

  private static WindowTotals only(WindowTotals all, int place) {
    Instant start = new ArrayList<>(all.windows().keySet()).get(place);
    return new WindowTotals(
        all.warehouse(), all.version(), all.readAt(), Map.of(start, all.windows().get(start)));
  }

  @Test
  void anotherWarehouseIsShownWhateverItsVersion() throws Exception {
    write(RandomEvents.sale("O", RandomEvents.START, 1).build());
    WindowTotals totals = read();
    show(new WindowTotals("another", Long.MAX_VALUE, totals.readAt(), totals.windows()));
    assertThat(show(totals)).isEqualTo(STARTS.size());
  }

  @Test
  void anOrdinaryRoleMayReadThem() throws Exception {
    write(RandomEvents.sale("O", RandomEvents.START, 1).build());
    try (Connection connection = Postgres.open(warehouse.address());
        var statement = connection.createStatement()) {
      statement.execute("DROP ROLE IF EXISTS phusa_ordinary; CREATE ROLE phusa_ordinary");
      statement.execute("GRANT SELECT ON sales_window TO phusa_ordinary; SET ROLE phusa_ordinary");
      assertThat(WindowTotals.read(connection, STARTS).windows().values().iterator().next())
          .hasSize(1);
      statement.execute("RESET ROLE; DROP OWNED BY phusa_ordinary; DROP ROLE phusa_ordinary");
    }
  }

  @Test
  void itContinuesWhenRedisComesBack() throws Exception {
    write(RandomEvents.sale("O", RandomEvents.START, 1).build());
    WindowTotals totals = read();
    try (RedisWindowStore store = new RedisWindowStore(address, TWO_DAYS)) {
      store.show(totals);
      redis.kill();
      Thread restart = new Thread(redis::restart);
      restart.start();
      assertThat(store.show(totals)).isEqualTo(STARTS.size());
      restart.join(60_000);
    }
    assertThat(shown()).isEqualTo(expected());
  }

  @Test
  void noErrorTellsThePassword(@TempDir Path folder) throws Exception {
    String password = "a-wrong-password";
    Path file = Files.writeString(folder.resolve("secret"), password);
    RedisAddress wrong = new RedisAddress(redis.address(), null, SecretReference.toFile(file));
    WindowTotals totals = read();
    assertThat(wrong.toString()).doesNotContain(password);
    try (RedisWindowStore store = new RedisWindowStore(wrong, TWO_DAYS)) {
      assertThatThrownBy(() -> store.show(totals))
          .hasStackTraceContaining("WRONGPASS")
          .satisfies(e -> assertThat(Throwables.getStackTraceAsString(e)).doesNotContain(password));
    }
  }
}
