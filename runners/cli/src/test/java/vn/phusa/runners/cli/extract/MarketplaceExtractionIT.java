package vn.phusa.runners.cli.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.cli.Launch;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.PlatformCatalogue;
import vn.phusa.runners.simulator.fault.FaultPlan;
import vn.phusa.runners.simulator.http.LoggedRequest;
import vn.phusa.runners.simulator.http.RequestLog;
import vn.phusa.runners.simulator.settings.ContractSettings;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;

/** The command {@code extract} against four platforms as strict as the real ones. */
@WithEmbeddedServices
class MarketplaceExtractionIT {
  /** Every kind of fault at 5 % of the requests, or at 1 %: of 14 kinds, most requests go wrong. */
  private static final boolean FULL = "full".equals(System.getProperty("phusa.faults"));

  private static final long SEED = Long.getLong("phusa.faults.seed", 20_260_301);

  /** Half of it is for requests that are under way when it is told, on a busy machine. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(FULL ? 2 : 1);

  private static final Instant START = Instant.parse("2025-10-01T03:00:00Z");
  private static final int PRODUCTS = 120;
  private static final int ORDERS = 130;
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(2));

  /** Waits that a test can afford. */
  private static final String SHORT =
      """
      timeouts: {connect: PT5S, read: PT10S, total: PT12S}
      retries: {attempts: 12, first: PT0.02S, longest: PT0.3S}
      """;

  @TempDir private Path folder;
  private final MovedClock clock = new MovedClock(START);
  private MarketplaceSimulator simulator;
  private ExtractRuns runs;
  private StagedShops staged;

  @BeforeAll
  static void migrate(@TempDir Path home, FreshDatabase warehouse, EmbeddedMongo mongo)
      throws IOException {
    new ExtractRuns(home, warehouse, mongo).migrate();
  }

  @BeforeEach
  void open(FreshDatabase warehouse, EmbeddedMongo mongo) throws IOException {
    runs = new ExtractRuns(folder, warehouse, mongo);
    staged = StagedShops.emptied(mongo);
  }

  @AfterEach
  void close() {
    staged.close();
    simulator.close();
  }

  /** Simulated time stands still where a test does not move it, so that all can be compared. */
  private void start(UnaryOperator<ContractSettings> contract) throws IOException {
    start(contract, PRODUCTS);
  }

  private void start(UnaryOperator<ContractSettings> contract, int products) throws IOException {
    simulator =
        MarketplaceSimulator.start(
            SimulatorSettings.small()
                .withCatalogue(c -> c.withStart(START).withSize(products, ORDERS))
                .withContract(contract)
                .withClock(clock));
  }

  private static ContractSettings limited(ContractSettings contract, int requests) {
    ContractSettings limited = contract;
    for (SimulatedPlatform platform : SimulatedPlatform.values()) {
      limited = limited.withQuota(platform, requests);
    }
    return limited;
  }

  private void pass(Duration time) {
    simulator.advance(time);
    clock.move(time);
  }

  @Test
  void bringsAllOnceAndThenWhatChanged() throws Exception {
    start(UnaryOperator.identity());
    Path shops = runs.describe(simulator, SHORT);
    Map<String, ExtractRuns.Counted> first = runs.extract(clock.now(), shops);
    staged.assertComplete(simulator);
    Map<SimulatedPlatform, Map<String, String>> products = new HashMap<>();
    Map<SimulatedPlatform, Map<String, String>> orders = new HashMap<>();
    for (SimulatedPlatform platform : SimulatedPlatform.values()) {
      assertThat(step(first, platform, "products").loaded()).isEqualTo(PRODUCTS);
      assertThat(step(first, platform, "orders").loaded()).isEqualTo(ORDERS);
      assertThat(staged.count("raw_categories", platform)).isPositive();
      products.put(platform, staged.payloads("raw_products", platform));
      orders.put(platform, staged.payloads("raw_orders", platform));
    }

    pass(Duration.ofDays(1));
    simulator.log().clear();
    Map<String, ExtractRuns.Counted> second = runs.extract(clock.now(), shops);

    staged.assertComplete(simulator);
    for (SimulatedPlatform platform : SimulatedPlatform.values()) {
      long changed = changed(products.get(platform), staged.payloads("raw_products", platform));
      assertThat(changed).isBetween(1L, PRODUCTS - 1L);
      assertThat(step(second, platform, "products").loaded()).as(platform.id()).isEqualTo(changed);
      assertThat(step(second, platform, "orders").loaded())
          .as(platform.id())
          .isEqualTo(changed(orders.get(platform), staged.payloads("raw_orders", platform)))
          .isPositive();
      assertThat(step(second, platform, "products").read()).isLessThan(PRODUCTS);
      assertThat(step(second, platform, "orders").read()).isLessThan(ORDERS);
    }
    assertGoodCitizen();
  }

  private static long changed(Map<String, String> before, Map<String, String> after) {
    return after.entrySet().stream()
        .filter(e -> !e.getValue().equals(before.get(e.getKey())))
        .count();
  }

  private static ExtractRuns.Counted step(
      Map<String, ExtractRuns.Counted> steps, SimulatedPlatform platform, String part) {
    return steps.get("extract/" + platform.id() + "/" + part);
  }

  /** Nothing refused, no refresh token shown twice, nothing asked before its time. */
  private void assertGoodCitizen() {
    RequestLog log = simulator.log();
    for (SimulatedPlatform platform : SimulatedPlatform.values()) {
      assertThat(log.count(platform)).as(platform.id()).isPositive();
      assertThat(log.refreshTokensPresentedTwice(platform)).as(platform.id()).isZero();
      assertThat(log.requestsBeforeRetryAfter(platform, RETRY_AFTER.dividedBy(2)))
          .as(platform.id())
          .isZero();
    }
  }

  @Test
  void everyKindOfFaultLosesNothing() throws Exception {
    Duration window = Duration.ofSeconds(3);
    int requests = 150;
    // Every answer that names a Retry-After costs seconds, and Sendo gives products one by one.
    start(c -> limited(c, requests).withQuotaWindow(window), 60);
    simulator.faults(
        FaultPlan.every(SEED, FULL ? 0.05 : 0.01)
            .withSlowness(Duration.ofMillis(100))
            .withRetryAfter(RETRY_AFTER));
    Path shops =
        runs.describe(simulator, SHORT + "limit: {requests: %d, per: PT3S}\n".formatted(requests));

    runs.extractAll(clock.now(), shops);
    // What a fault changed while it was read is a change like any other, and comes the next time.
    simulator.faults(FaultPlan.none());
    pass(Duration.ofMinutes(1));
    runs.extract(clock.now(), shops);

    staged.assertComplete(simulator);
    assertGoodCitizen();
    for (SimulatedPlatform platform : SimulatedPlatform.values()) {
      assertThat(simulator.log().mostRequestsIn(platform, window)).isLessThanOrEqualTo(requests);
      assertThat(simulator.log().count(platform, LoggedRequest.Outcome.LIMITED)).isZero();
    }
    assertThat(
            simulator.log().all().stream()
                .filter(request -> request.outcome() == LoggedRequest.Outcome.FAULT)
                .count())
        .isGreaterThan(FULL ? 100 : 20);
  }

  @Test
  void anHoursLimitIsContinuedInTheNextHour() throws Exception {
    // A page of Sendo, whose 50 products are read one by one, must fit beside the orders.
    int requests = 160;
    start(c -> limited(c, requests));
    Path shops =
        runs.describe(simulator, SHORT + "limit: {requests: %d, per: PT1H}\n".formatted(requests));
    int partial = 0;
    Map<String, ExtractRuns.Counted> steps = extractBriefly(shops);
    while (steps.values().stream().anyMatch(step -> step.status().equals("partial"))) {
      assertThat(++partial).as("runs").isLessThan(8);
      clock.move(Duration.ofMinutes(61));
      steps = extractBriefly(shops);
    }

    assertThat(partial).isPositive();
    staged.assertComplete(simulator);
    assertGoodCitizen();
    for (SimulatedPlatform platform : SimulatedPlatform.values()) {
      assertThat(simulator.log().mostRequestsIn(platform, Duration.ofHours(1)))
          .isLessThanOrEqualTo(requests);
      assertThat(simulator.log().count(platform, LoggedRequest.Outcome.LIMITED)).isZero();
    }
  }

  private Map<String, ExtractRuns.Counted> extractBriefly(Path shops) throws SQLException {
    return runs.extract(clock.now(), shops, "--longestWait=PT1S");
  }

  @Test
  void aDaysQuotaIsContinuedTheNextDay() throws Exception {
    start(UnaryOperator.identity());
    simulator.dailyQuota(SimulatedPlatform.SHOPEE, OptionalInt.of(20));
    Path shops = runs.describe(simulator, SHORT);
    Map<String, ExtractRuns.Counted> first = runs.extract(clock.now(), shops);

    assertThat(step(first, SimulatedPlatform.SHOPEE, "orders").status()).isEqualTo("partial");
    assertThat(step(first, SimulatedPlatform.TIKI, "orders").status()).isEqualTo("succeeded");
    long requests = simulator.log().count(SimulatedPlatform.SHOPEE);
    runs.extract(clock.now(), shops);
    assertThat(simulator.log().count(SimulatedPlatform.SHOPEE))
        .as("nothing is asked before there is a new quota")
        .isEqualTo(requests);

    simulator.dailyQuota(SimulatedPlatform.SHOPEE, OptionalInt.empty());
    clock.move(Duration.ofDays(1));
    Map<String, ExtractRuns.Counted> rest = runs.extract(clock.now(), shops);
    assertThat(step(rest, SimulatedPlatform.SHOPEE, "orders").status()).isEqualTo("succeeded");
    staged.assertComplete(simulator);
    assertGoodCitizen();
  }

  @Test
  void aStreamKeepsLooking() throws Exception {
    start(UnaryOperator.identity());
    Path shops = runs.describe(simulator, SHORT + "refreshEvery: PT2S\n");
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Launch.Ended> stream =
          thread.submit(
              () ->
                  Launch.run(
                      clock.now(),
                      runs.arguments("extract", shops, "--streaming=true").toArray(new String[0])));
      awaitComplete(stream);
      for (int cycle = 0; cycle < 2; cycle++) {
        for (SimulatedPlatform platform : SimulatedPlatform.values()) {
          PlatformCatalogue catalogue = simulator.catalogue(platform);
          catalogue.changeProduct(catalogue.productIds().get(3 + cycle));
          catalogue.changeOrder(catalogue.orderIds().get(5 + cycle));
        }
        awaitComplete(stream);
      }
      assertGoodCitizen();
    } finally {
      thread.shutdownNow();
      assertThat(thread.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
      await().atMost(LIMIT).until(staged::isLeftAlone);
    }
  }

  private void awaitComplete(Future<Launch.Ended> stream) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .failFast("the stream ended", stream::isDone)
        .untilAsserted(() -> staged.assertComplete(simulator));
  }
}
