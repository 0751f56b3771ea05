package vn.phusa.runners.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.runners.embedded.home.Loopback;
import vn.phusa.runners.embedded.home.PrivateFiles;
import vn.phusa.runners.embedded.login.SecretFile;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.ProductFeeds;
import vn.phusa.runners.simulator.auth.PlatformCredentials;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;

/**
 * A simulator of Lazada, Shopee, Tiki and Sendo with a few hundred products and orders each, and
 * product feeds as files. The catalogue began when the home was first used and moves on with the
 * real time, also while nothing runs; ports, credentials and tokens outlive a restart. Got from
 * {@link EmbeddedServices#marketplaces()}.
 */
public final class EmbeddedMarketplaces implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMarketplaces.class);

  /** Of some hundred products a few change in the minute between two demonstrations. */
  private static final Duration PRODUCT_CHANGES = Duration.ofHours(2);

  private static final Duration ORDER_INTERVAL = Duration.ofMinutes(5);
  private static final Duration REFRESH_TOKEN_LIFE = Duration.ofDays(3_650);
  private static final long FEED_SEED = 20_251;
  private static final int FEED_PRODUCTS = 200;
  private static final ZoneOffset VIETNAM = ZoneOffset.ofHours(7);

  private final MarketplaceSimulator simulator;
  private final Path folder;

  private EmbeddedMarketplaces(MarketplaceSimulator simulator, Path folder) {
    this.simulator = simulator;
    this.folder = folder;
  }

  static EmbeddedMarketplaces start(Path home) throws IOException {
    Path folder = PrivateFiles.folder(home.resolve("marketplaces"));
    Map<SimulatedPlatform, Integer> ports = new EnumMap<>(SimulatedPlatform.class);
    for (SimulatedPlatform platform : SimulatedPlatform.values()) {
      ports.put(platform, Loopback.freePort(folder.resolve(platform.id() + ".port")));
    }
    Instant start = begun(folder.resolve("begun"));
    MarketplaceSimulator simulator =
        MarketplaceSimulator.start(
            SimulatorSettings.small()
                .withCatalogue(
                    catalogue ->
                        catalogue
                            .withStart(start)
                            .running()
                            .withPace(PRODUCT_CHANGES, ORDER_INTERVAL))
                .withContract(contract -> contract.withRefreshTokenLife(REFRESH_TOKEN_LIFE))
                .withSecret(SecretFile.password(home.resolve("secrets/marketplaces.secret")))
                .withPorts(ports));
    EmbeddedMarketplaces marketplaces = new EmbeddedMarketplaces(simulator, folder);
    try {
      for (SimulatedPlatform platform : SimulatedPlatform.values()) {
        marketplaces.writeCredentials(platform);
      }
      LocalDate today = LocalDate.ofInstant(Instant.now(), VIETNAM);
      ProductFeeds.of(FEED_SEED, FEED_PRODUCTS).writeTo(marketplaces.feeds(), today);
    } catch (IOException | RuntimeException e) {
      simulator.close();
      throw e;
    }
    LOG.info("The marketplaces' simulator runs, credentials and feeds are in {}", folder);
    return marketplaces;
  }

  /** When the home was first used: what the catalogue counts its time from. */
  private static Instant begun(Path file) throws IOException {
    if (!Files.exists(file)) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      PrivateFiles.write(file, now.toString());
    }
    return Instant.parse(Files.readString(file, StandardCharsets.UTF_8).strip());
  }

  private void writeCredentials(SimulatedPlatform platform) throws IOException {
    PlatformCredentials credentials = simulator.credentials(platform);
    StringBuilder lines = new StringBuilder();
    for (String name : credentials.names()) {
      lines.append(name).append('=').append(credentials.get(name)).append('\n');
    }
    SecretFile.write(credentialsFile(platform), lines.toString());
  }

  /** The simulator: addresses, catalogue, faults and log. */
  public MarketplaceSimulator simulator() {
    return simulator;
  }

  /**
   * The file of the platform's credentials, a line {@code name=value} for each; only its owner may
   * read it.
   */
  public Path credentialsFile(SimulatedPlatform platform) {
    return folder.resolve(platform.id() + ".credentials");
  }

  /** The folder of FPTShop's and CellphoneS's product feeds, one file of each for every day. */
  public Path feeds() {
    return folder.resolve("feeds");
  }

  /** Stops the simulator; the files stay. Harmless the second time. */
  @Override
  public void close() {
    simulator.close();
  }
}
