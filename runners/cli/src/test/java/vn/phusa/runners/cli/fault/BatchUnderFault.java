package vn.phusa.runners.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import vn.phusa.options.address.SecretReference;
import vn.phusa.runners.cli.CommandProcess;
import vn.phusa.runners.cli.Differences;
import vn.phusa.runners.cli.LoadedRows;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.cli.SimulatedShops;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedServices;
import vn.phusa.runners.embedded.junit.FaultyNetwork;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;

/** A {@code run} whose way to one service is disturbed in its midst. */
final class BatchUnderFault {
  private static final Duration LIMIT = Duration.ofMinutes(15);

  /** Requests that were cut are sent again: with the hourly limit of Sendo, a run is partial. */
  private static final String UNLIMITED = "limit: {requests: 0, per: PT1H}\n";

  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final ShopAndWarehouse undisturbed;

  /** What is disturbed, and after how many bytes of its answers. */
  enum Service {
    SOURCE(200_000, "operational database"),
    WAREHOUSE(20_000, "warehouse"),
    MONGODB(20_000, "staging database"),
    MARKETPLACES(20_000, "lazada|shopee|tiki|sendo");

    private final long bytes;
    private final String arguments;

    Service(long bytes, String arguments) {
      this.bytes = bytes;
      this.arguments = arguments;
    }
  }

  /**
   * @param undisturbed a shop, and what a run made of it
   */
  BatchUnderFault(Path folder, EmbeddedPostgres postgres, ShopAndWarehouse undisturbed) {
    this.folder = folder;
    this.postgres = postgres;
    this.undisturbed = undisturbed;
  }

  /** Goes through it, and gives a line of what happened. */
  String meet(Service service, NetworkFault fault, String runner, Duration patience)
      throws Exception {
    String name = "fault_%s_%s_%s".formatted(service, fault, runner).toLowerCase(Locale.ROOT);
    Path home = Files.createDirectories(folder.resolve(name));
    ShopAndWarehouse disturbed = undisturbed.withWarehouse(postgres, name);
    List<FaultyNetwork> networks = new ArrayList<>();
    try (EmbeddedServices services = EmbeddedServices.forTests(home.resolve("services"));
        MarketplaceSimulator simulator = MarketplaceSimulator.start(settings())) {
      assertThat(disturbed.onWarehouse("migrate").code()).isZero();
      List<String> arguments = arguments(service, disturbed, services, simulator, home, networks);
      arguments.addAll(List.of("--runner=" + runner, "--stepRetryDelay=PT5S"));
      arguments.add("--stepRetries=" + (fault == NetworkFault.STALL_FOR_EVER ? 0 : 3));
      try (CommandProcess run =
          CommandProcess.start(
              home.resolve("output"), List.of("-Dphusa.answerTimeout=" + patience), arguments)) {
        return meet(service, fault, run, networks, arguments, home, disturbed, simulator, services);
      }
    } finally {
      networks.forEach(FaultyNetwork::close);
      postgres.dropDatabase(name);
    }
  }

  private String meet(
      Service service,
      NetworkFault fault,
      CommandProcess run,
      List<FaultyNetwork> networks,
      List<String> arguments,
      Path home,
      ShopAndWarehouse disturbed,
      MarketplaceSimulator simulator,
      EmbeddedServices services)
      throws Exception {
    Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () ->
                !run.isAlive()
                    || networks.stream().mapToLong(FaultyNetwork::passed).sum() > service.bytes);
    assertThat(run.isAlive()).as("alive when it begins: %s", run.told()).isTrue();
    fault.begin(networks);
    Instant begun = Instant.now();
    if (fault.lasts() != null) {
      run.await(fault.lasts());
      networks.forEach(FaultyNetwork::heal);
    }
    int code = run.await(LIMIT);
    long seconds = Duration.between(begun, Instant.now()).toSeconds();
    List<String> told =
        run.told("waiting for|did not answer|was lost|ended after|cannot be reached|again|phusa: ");
    assertThat(code).as(run.told()).isNotEqualTo(-1);
    String again = "";
    if (fault == NetworkFault.STALL_FOR_EVER) {
      assertThat(code).as(run.told()).isIn(3, 4);
      assertThat(run.told("waiting for .*(" + service.arguments + ")")).as(run.told()).isNotEmpty();
      networks.forEach(FaultyNetwork::heal);
      try (CommandProcess next = CommandProcess.start(home.resolve("next"), List.of(), arguments)) {
        int nextCode = next.await(LIMIT);
        assertThat(nextCode).as(next.told()).isZero();
        again = ", then 0";
      }
    } else {
      assertThat(code).as(run.told()).isZero();
    }
    compare(service, disturbed, simulator, services);
    return "code %d%s after %d s; %s".formatted(code, again, seconds, told);
  }

  /** Simulated time stands at the beginning, so that all can be compared in the end. */
  private static SimulatorSettings settings() {
    return SimulatorSettings.small()
        .withCatalogue(c -> c.withStart(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
  }

  private List<String> arguments(
      Service service,
      ShopAndWarehouse disturbed,
      EmbeddedServices services,
      MarketplaceSimulator simulator,
      Path home,
      List<FaultyNetwork> networks)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of("run"));
    arguments.addAll(
        service == Service.WAREHOUSE
            ? through(disturbed.warehouseArguments(), postgres.port(), networks)
            : disturbed.warehouseArguments());
    switch (service) {
      case SOURCE ->
          arguments.addAll(through(disturbed.shopArguments(), postgres.port(), networks));
      case WAREHOUSE -> arguments.addAll(disturbed.shopArguments());
      case MONGODB, MARKETPLACES -> {
        Path shops =
            SimulatedShops.describe(
                home.resolve("shops.yaml"), simulator, (n, right) -> right, UNLIMITED);
        List<String> staging =
            List.of(
                "--stagingUri=" + services.mongo().address(),
                "--stagingUser=" + services.mongo().user(),
                "--stagingPassword=" + SecretReference.toFile(services.mongo().passwordFile()));
        if (service == Service.MONGODB) {
          arguments.addAll(through(staging, services.mongo().port(), networks));
        } else {
          arguments.addAll(staging);
          for (SimulatedPlatform platform : SimulatedPlatform.values()) {
            List<String> text = List.of(Files.readString(shops));
            Files.writeString(shops, through(text, simulator.port(platform), networks).get(0));
          }
        }
        arguments.add("--marketplaces=" + shops);
      }
    }
    return arguments;
  }

  private static List<String> through(
      List<String> arguments, int port, List<FaultyNetwork> networks) {
    FaultyNetwork network = FaultyNetwork.to(port);
    networks.add(network);
    return arguments.stream()
        .map(word -> word.replace("127.0.0.1:" + port, "127.0.0.1:" + network.port()))
        .toList();
  }

  private void compare(
      Service service,
      ShopAndWarehouse disturbed,
      MarketplaceSimulator simulator,
      EmbeddedServices services)
      throws Exception {
    if (service == Service.SOURCE || service == Service.WAREHOUSE) {
      assertThat(
              Differences.between(LoadedRows.ofFacts(undisturbed), LoadedRows.ofFacts(disturbed)))
          .isEmpty();
      assertThat(
              Differences.between(
                  LoadedRows.ofDimensions(undisturbed), LoadedRows.ofDimensions(disturbed)))
          .isEmpty();
      return;
    }
    try (var client = MongoClients.create(services.mongo().uri())) {
      var staged = client.getDatabase("ecommerce_staging");
      for (SimulatedPlatform platform : SimulatedPlatform.values()) {
        var ofPlatform = Filters.eq("platform", platform.id());
        assertThat(
                Map.of(
                    "products", staged.getCollection("raw_products").countDocuments(ofPlatform),
                    "orders", staged.getCollection("raw_orders").countDocuments(ofPlatform)))
            .as("staged of %s", platform)
            .isEqualTo(
                Map.of(
                    "products", (long) simulator.catalogue(platform).productIds().size(),
                    "orders", (long) simulator.catalogue(platform).orderIds().size()));
      }
    }
    assertThat(disturbed.countInWarehouse("SELECT count(*) FROM dim_product")).isPositive();
    assertThat(LoadedRows.unconservedSteps(disturbed)).isEmpty();
  }
}
