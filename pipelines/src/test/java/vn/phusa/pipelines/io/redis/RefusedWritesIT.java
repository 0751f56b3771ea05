package vn.phusa.pipelines.io.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import vn.phusa.options.address.RedisAddress;
import vn.phusa.options.address.SecretReference;
import vn.phusa.pipelines.io.warehouse.window.WindowTotals;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;

/** What Redis refuses for a while is there once it takes it. */
@WithEmbeddedServices
class RefusedWritesIT {
  private static final Instant WINDOW = Instant.parse("2025-03-01T10:00:00Z");

  private Jedis redis;
  private RedisWindowStore store;

  @BeforeEach
  void connect(EmbeddedRedis embedded) {
    redis = new Jedis(embedded.uri());
    redis.flushDB();
    redis.configResetStat();
    store =
        new RedisWindowStore(
            new RedisAddress(
                embedded.address(), null, SecretReference.toFile(embedded.passwordFile())),
            Duration.ofHours(48));
  }

  @AfterEach
  void close() {
    redis.replicaofNoOne();
    redis.configSet("min-replicas-to-write", "0");
    redis.close();
    store.close();
  }

  private static WindowTotals totals() {
    return new WindowTotals("warehouse", 1, Instant.now(), Map.of(WINDOW, List.of()));
  }

  /** As while another Redis takes over; the script meets it. */
  @Test
  void aWindowIsShownOnceRedisIsNoReplicaAnyMore() throws Exception {
    redis.replicaof("127.0.0.1", 1);
    CompletableFuture<Integer> shown = refused("evalsha", s -> s.show(totals()));
    redis.replicaofNoOne();
    assertThat(shown.get(60, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @Test
  void aMarkIsLeftOnceReplicasAreThere() throws Exception {
    redis.configSet("min-replicas-to-write", "1");
    CompletableFuture<Instant> until = refused("hsetnx", s -> s.completeUntil("warehouse"));
    redis.configSet("min-replicas-to-write", "0");
    assertThat(until.get(60, TimeUnit.SECONDS)).isEqualTo(RedisWindowStore.NEVER);
  }

  /** Something that the store does, of which Redis has refused the command at least once. */
  private <R> CompletableFuture<R> refused(String command, Function<RedisWindowStore, R> work) {
    CompletableFuture<R> done = CompletableFuture.supplyAsync(() -> work.apply(store));
    Awaitility.await()
        .atMost(Deadline.scaled(Duration.ofMinutes(2)))
        .until(
            () ->
                redis
                    .info("commandstats")
                    .lines()
                    .filter(line -> line.startsWith("cmdstat_" + command + ":"))
                    .anyMatch(line -> line.matches(".*(rejected|failed)_calls=[1-9].*")));
    return done;
  }
}
