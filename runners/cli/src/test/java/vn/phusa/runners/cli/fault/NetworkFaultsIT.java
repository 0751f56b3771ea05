package vn.phusa.runners.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.samples.SampleShop;

/**
 * A network that goes wrong between a command and a service: the command ends right, or goes on,
 * and says for whom it waits. One cell a service (PostgreSQL's are SilentServerIT and RunLockIT);
 * with the system property phusa.faults=full every service, fault and runner, or, with
 * phusa.faults.cells, those whose name matches. What became of them is written to
 * target/network-faults.txt.
 */
@WithEmbeddedServices
class NetworkFaultsIT {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkFaultsIT.class);
  private static final boolean FULL = "full".equals(System.getProperty("phusa.faults"));
  private static final String CELLS = System.getProperty("phusa.faults.cells", ".*");
  private static final int AT_ONCE = Integer.getInteger("phusa.faults.atOnce", 4);
  private static final List<String> RUNNERS = List.of("DirectRunner", "FlinkRunner");
  private static final List<String> SEEDED =
      List.of(
          "run MONGODB STALL_FOR_EVER DirectRunner",
          "run MARKETPLACES CUTS DirectRunner",
          "stream KAFKA CUTS FlinkRunner",
          "stream REDIS CUTS FlinkRunner");

  /** Of what stalls for ever: the default would only take longer. */
  private static final Duration SHORT = Duration.ofSeconds(FULL ? 20 : 12);

  private static final Duration DEFAULT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void eachFaultEndsRightOrIsOutlived(EmbeddedPostgres postgres, EmbeddedRedis redis)
      throws Exception {
    try (ShopAndWarehouse undisturbed = ShopAndWarehouse.in(postgres, "calm")) {
      try (var shop = undisturbed.shop()) {
        SampleShop.create(7, 1_000, 6_000, Instant.parse("2025-06-30T12:00:00Z")).writeTo(shop);
      }
      succeeds(undisturbed.onWarehouse("migrate"));
      succeeds(undisturbed.load("run"));
      Map<String, Callable<String>> cells = cells(postgres, redis, undisturbed);
      Map<String, String> results = run(cells);
      Path table = Path.of(System.getProperty("basedir", ""), "target", "network-faults.txt");
      Files.write(
          table, results.entrySet().stream().map(r -> r.getKey() + ": " + r.getValue()).toList());
      assertThat(results.keySet()).isEqualTo(cells.keySet()).isNotEmpty();
      assertThat(results.values()).noneMatch(result -> result.startsWith("FAILED"));
    }
  }

  private Map<String, Callable<String>> cells(
      EmbeddedPostgres postgres, EmbeddedRedis redis, ShopAndWarehouse undisturbed) {
    BatchUnderFault batch = new BatchUnderFault(folder, postgres, undisturbed);
    StreamUnderFault stream = new StreamUnderFault(folder, postgres, redis);
    Map<String, Callable<String>> cells = new TreeMap<>();
    for (NetworkFault fault : NetworkFault.values()) {
      Duration patience = fault == NetworkFault.STALL_FOR_EVER ? SHORT : DEFAULT;
      for (String runner : RUNNERS) {
        for (BatchUnderFault.Service service : BatchUnderFault.Service.values()) {
          cells.put(
              "run %s %s %s".formatted(service, fault, runner),
              () -> batch.meet(service, fault, runner, patience));
        }
        for (StreamUnderFault.Service service : StreamUnderFault.Service.values()) {
          cells.put(
              "stream %s %s %s".formatted(service, fault, runner),
              () -> stream.meet(service, fault, runner, patience));
        }
      }
    }
    cells.keySet().removeIf(cell -> FULL ? !cell.matches(CELLS) : !SEEDED.contains(cell));
    return cells;
  }

  private static Map<String, String> run(Map<String, Callable<String>> cells) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<String> order = new ArrayList<>(cells.keySet());
      Collections.shuffle(order, new Random(3));
      Map<String, Future<String>> running = new TreeMap<>();
      order.forEach(cell -> running.put(cell, threads.submit(() -> met(cell, cells.get(cell)))));
      Map<String, String> results = new TreeMap<>();
      for (Map.Entry<String, Future<String>> cell : running.entrySet()) {
        results.put(cell.getKey(), cell.getValue().get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static String met(String cell, Callable<String> fault) {
    String result;
    try {
      result = fault.call();
    } catch (Exception | AssertionError e) {
      result =
          "FAILED "
              + e
              + " at "
              + List.of(e.getStackTrace()).stream()
                  .filter(frame -> frame.getClassName().startsWith("vn.phusa"))
                  .findFirst()
                  .orElse(null)
              + " because of "
              + e.getCause();
    }
    LOG.warn("{}: {}", cell, result);
    return result;
  }

  private static void succeeds(ShopAndWarehouse.Ended ended) {
    assertThat(ended.code()).as(ended.all()).isZero();
  }
}
