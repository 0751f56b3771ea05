package vn.phusa.runners.cli.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.embedded.process.JavaProcess;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.fault.FaultPlan;
import vn.phusa.runners.simulator.http.LoggedRequest;
import vn.phusa.runners.simulator.http.RequestLog;
import vn.phusa.runners.simulator.settings.ContractSettings;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;

/**
 * An extraction that is killed in the middle: the next one goes on, and staging ends as if nothing
 * had happened. Once; with the system property phusa.faults=full ten times, at whatever moment, and
 * with every kind of fault.
 */
@WithEmbeddedServices
class KilledExtractionIT {
  private static final long SEED = Long.getLong("phusa.faults.seed", 20_260_302);
  private static final boolean FULL = "full".equals(System.getProperty("phusa.faults"));
  private static final int KILLS = FULL ? 10 : 1;
  private static final int PRODUCTS = FULL ? 400 : 300;
  private static final int ORDERS = FULL ? 400 : 300;
  private static final int REQUESTS = 250;
  private static final Duration WINDOW = Duration.ofSeconds(3);

  /** Half of it is for requests that are under way when it is told, on a busy machine. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(5));
  private static final String SHORT =
      """
      timeouts: {connect: PT5S, read: PT15S, total: PT20S}
      retries: {attempts: 12, first: PT0.02S, longest: PT0.5S}
      limit: {requests: %d, per: PT3S}
      """
          .formatted(REQUESTS);

  @TempDir private Path folder;
  private final Random random = new Random(SEED);

  @Test
  void whatIsKilledIsGoneOnWith(FreshDatabase warehouse, EmbeddedMongo mongo) throws Exception {
    ExtractRuns runs = new ExtractRuns(folder, warehouse, mongo);
    runs.migrate();
    try (MarketplaceSimulator simulator = MarketplaceSimulator.start(settings());
        StagedShops staged = StagedShops.emptied(mongo)) {
      Path shops = runs.describe(simulator, SHORT);
      if (FULL) {
        simulator.faults(
            FaultPlan.every(SEED, 0.05)
                .withSlowness(Duration.ofMillis(200))
                .withRetryAfter(RETRY_AFTER));
      }
      List<String> arguments = runs.arguments("extract", shops);
      int kills = 0;
      for (int launch = 0; kills < KILLS && launch < 2 * KILLS; launch++) {
        kills += killInTheMiddle(arguments, simulator, staged) ? 1 : 0;
      }
      assertThat(kills).as("processes that were killed, seed %s", SEED).isEqualTo(KILLS);
      runs.extractAll(Clock.systemUTC(), shops);
      if (FULL) {
        // What a fault changed while it was read is a change like any other.
        simulator.faults(FaultPlan.none());
        await()
            .atMost(LIMIT)
            .until(() -> Instant.now().isAfter(simulator.clock().now().plusSeconds(1)));
        runs.extractAll(Clock.systemUTC(), shops);
      }

      staged.assertComplete(simulator);
      RequestLog log = simulator.log();
      for (SimulatedPlatform platform : SimulatedPlatform.values()) {
        assertThat(log.mostRequestsIn(platform, WINDOW)).isLessThanOrEqualTo(REQUESTS);
        assertThat(log.count(platform, LoggedRequest.Outcome.LIMITED)).isZero();
        assertThat(log.refreshTokensPresentedTwice(platform))
            .as(() -> platform + " was asked for tokens: " + tokenCalls(log, platform))
            .isZero();
        assertThat(log.requestsBeforeRetryAfter(platform, RETRY_AFTER.dividedBy(2))).isZero();
      }
    }
  }

  private static List<LoggedRequest> tokenCalls(RequestLog log, SimulatedPlatform platform) {
    return log.of(platform).stream()
        .filter(r -> r.path().contains("token") || r.path().contains("login"))
        .toList();
  }

  /** Simulated time stands at the beginning, so that all can be compared in the end. */
  private static SimulatorSettings settings() {
    ContractSettings contract =
        ContractSettings.generous().withQuotaWindow(WINDOW).withLatency(Duration.ofMillis(20));
    for (SimulatedPlatform platform : SimulatedPlatform.values()) {
      contract = contract.withQuota(platform, REQUESTS);
    }
    ContractSettings limited = contract;
    return SimulatorSettings.small()
        .withCatalogue(
            c ->
                c.withStart(Instant.now().truncatedTo(ChronoUnit.SECONDS))
                    .withSize(PRODUCTS, ORDERS))
        .withContract(c -> limited);
  }

  /** Whether there was a process left to be killed. */
  private boolean killInTheMiddle(
      List<String> extract, MarketplaceSimulator simulator, StagedShops staged)
      throws IOException, InterruptedException {
    File output = folder.resolve("extract.out").toFile();
    List<String> arguments = JavaProcess.line();
    arguments.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx1g", "-cp"));
    arguments.add(System.getProperty("java.class.path"));
    arguments.add("vn.phusa.runners.cli.main.Main");
    arguments.addAll(extract);
    long begun = count(staged);
    int records = SimulatedPlatform.values().length * (PRODUCTS + ORDERS);
    int enough = 1 + random.nextInt(records / (FULL ? 4 * KILLS : 2));
    int more = random.nextInt(FULL ? 2_000 : 1);
    Process process =
        new ProcessBuilder(arguments)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
            .start();
    boolean over;
    try {
      // Tokens are got before anything is staged: one that a platform gave and nobody keeps any
      // more is lost for good, whoever asks.
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> !process.isAlive() || (allBegun(staged) && count(staged) >= begun + enough));
      over = process.waitFor(more, TimeUnit.MILLISECONDS);
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    // Of many faults it may have ended by itself, before its time: that is no kill.
    assertThat(over && !FULL).as(() -> read(output.toPath())).isFalse();
    assertThat(count(staged)).as("seed %s", SEED).isBetween(begun, records - 1L);
    assertThat(simulator.log().all()).isNotEmpty();
    return !over;
  }

  private static boolean allBegun(StagedShops staged) {
    return Stream.of(SimulatedPlatform.values())
        .allMatch(p -> staged.count("raw_products", p) + staged.count("raw_orders", p) > 0);
  }

  private static long count(StagedShops staged) {
    long count = 0;
    for (SimulatedPlatform platform : SimulatedPlatform.values()) {
      count += staged.count("raw_products", platform) + staged.count("raw_orders", platform);
    }
    return count;
  }

  private static String read(Path output) {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
