package vn.phusa.runners.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import vn.phusa.runners.simulator.auth.PlatformCredentials;
import vn.phusa.runners.simulator.auth.TokenMint;
import vn.phusa.runners.simulator.core.ContractSetting;
import vn.phusa.runners.simulator.core.PlatformRendering;
import vn.phusa.runners.simulator.fault.DailyQuota;
import vn.phusa.runners.simulator.fault.FaultKind;
import vn.phusa.runners.simulator.fault.FaultPlan;
import vn.phusa.runners.simulator.fault.Faults;
import vn.phusa.runners.simulator.fault.SlidingQuota;
import vn.phusa.runners.simulator.http.PlatformContract;
import vn.phusa.runners.simulator.http.PlatformServer;
import vn.phusa.runners.simulator.http.RequestLog;
import vn.phusa.runners.simulator.http.SecretsSeen;
import vn.phusa.runners.simulator.lazada.LazadaContract;
import vn.phusa.runners.simulator.lazada.LazadaRendering;
import vn.phusa.runners.simulator.list.Listing;
import vn.phusa.runners.simulator.sendo.SendoContract;
import vn.phusa.runners.simulator.sendo.SendoRendering;
import vn.phusa.runners.simulator.settings.ContractSettings;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;
import vn.phusa.runners.simulator.shopee.ShopeeContract;
import vn.phusa.runners.simulator.shopee.ShopeeRendering;
import vn.phusa.runners.simulator.state.PlatformState;
import vn.phusa.runners.simulator.state.SimulatedClock;
import vn.phusa.runners.simulator.tiki.TikiContract;
import vn.phusa.runners.simulator.tiki.TikiRendering;

/**
 * The four marketplaces on the loopback address, each on a port of its own, so that paths are the
 * real ones.
 */
public final class MarketplaceSimulator implements AutoCloseable {
  private final SimulatedClock clock;
  private final Faults faults = new Faults();
  private final RequestLog log = new RequestLog();
  private final SecretsSeen secrets = new SecretsSeen();
  private final ExecutorService workers;
  private final Map<SimulatedPlatform, Platform> platforms = new EnumMap<>(SimulatedPlatform.class);

  private record Platform(
      PlatformServer server,
      PlatformCatalogue catalogue,
      PlatformCredentials credentials,
      DailyQuota daily) {}

  private MarketplaceSimulator(SimulatorSettings settings) {
    this.clock = new SimulatedClock(settings.catalogue(), settings.clock());
    this.workers =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "marketplace-simulator");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts the servers.
   *
   * @throws IOException when a port is taken
   */
  public static MarketplaceSimulator start(SimulatorSettings settings) throws IOException {
    MarketplaceSimulator simulator = new MarketplaceSimulator(settings);
    try {
      for (SimulatedPlatform platform : SimulatedPlatform.values()) {
        simulator.platforms.put(platform, simulator.open(platform, settings));
      }
      return simulator;
    } catch (IOException | RuntimeException e) {
      simulator.close();
      throw e;
    }
  }

  private Platform open(SimulatedPlatform platform, SimulatorSettings settings) throws IOException {
    ContractSettings limits = settings.contract();
    long seed = settings.catalogue().seed();
    PlatformState state = new PlatformState(settings.catalogue(), platform, clock);
    TokenMint mint =
        new TokenMint("mint " + platform.id() + " " + seed + settings.secret(), settings.clock());
    PlatformCredentials credentials =
        PlatformCredentials.of(platform, seed, settings.secret(), mint);
    ContractSetting setting =
        new ContractSetting(
            platform, state, new Listing(state), mint, credentials, limits, settings.clock(), log);
    PlatformRendering rendering = rendering(platform, state);
    Integer requests = limits.requestsPerWindow().get(platform);
    Optional<SlidingQuota> quota =
        Optional.ofNullable(requests)
            .map(limit -> new SlidingQuota(limit, limits.quotaWindow(), settings.clock()));
    Integer perDay = limits.requestsPerDay().get(platform);
    DailyQuota daily =
        new DailyQuota(
            perDay == null ? OptionalInt.empty() : OptionalInt.of(perDay), settings.clock());
    PlatformServer server =
        new PlatformServer(
            platform,
            contract(setting, rendering),
            state,
            faults,
            log,
            secrets,
            quota,
            daily,
            settings,
            workers);
    return new Platform(server, new PlatformCatalogue(state, rendering), credentials, daily);
  }

  private static PlatformRendering rendering(SimulatedPlatform platform, PlatformState state) {
    return switch (platform) {
      case LAZADA -> new LazadaRendering();
      case SHOPEE -> new ShopeeRendering(state);
      case TIKI -> new TikiRendering();
      case SENDO -> new SendoRendering();
    };
  }

  private static PlatformContract contract(ContractSetting setting, PlatformRendering rendering) {
    return switch (setting.platform()) {
      case LAZADA -> new LazadaContract(setting, (LazadaRendering) rendering);
      case SHOPEE -> new ShopeeContract(setting, (ShopeeRendering) rendering);
      case TIKI -> new TikiContract(setting, (TikiRendering) rendering);
      case SENDO -> new SendoContract(setting, (SendoRendering) rendering);
    };
  }

  /** Scheme, address and port, without a slash at the end. */
  public String origin(SimulatedPlatform platform) {
    return "http://127.0.0.1:" + port(platform);
  }

  /**
   * What stands for the platform's base URL: with /rest (Lazada), /api/v2 (Shopee), /integration
   * (Tiki), /api (Sendo). Tokens are had from Lazada's base, Shopee's base, Tiki's origin +
   * /sc/oauth2/token and Sendo's origin + /login.
   */
  public String baseUrl(SimulatedPlatform platform) {
    return origin(platform)
        + switch (platform) {
          case LAZADA -> "/rest";
          case SHOPEE -> "/api/v2";
          case TIKI -> "/integration";
          case SENDO -> "/api";
        };
  }

  public int port(SimulatedPlatform platform) {
    return platforms.get(platform).server().port();
  }

  /** What the seller's application is let in with. */
  public PlatformCredentials credentials(SimulatedPlatform platform) {
    return platforms.get(platform).credentials();
  }

  /** What is sold and ordered on a platform. */
  public PlatformCatalogue catalogue(SimulatedPlatform platform) {
    return platforms.get(platform).catalogue();
  }

  /** The simulated time. */
  public SimulatedClock clock() {
    return clock;
  }

  /** Lets simulated time go on, in whole seconds: products change, orders come in and move on. */
  public void advance(Duration by) {
    clock.advance(by);
  }

  /** The faults from now on. */
  public void faults(FaultPlan plan) {
    faults.plan(plan);
  }

  /** A fault for the platform's next request for which it can happen. */
  public void failNext(SimulatedPlatform platform, FaultKind kind) {
    faults.order(platform, kind, "");
  }

  /** A fault for the platform's next request whose path contains the text. */
  public void failNext(SimulatedPlatform platform, FaultKind kind, String pathPart) {
    faults.order(platform, kind, pathPart);
  }

  /** Sets how many more requests a platform answers today; empty for any number. */
  public void dailyQuota(SimulatedPlatform platform, OptionalInt requests) {
    platforms.get(platform).daily().reset(requests);
  }

  /** What was asked, and what became of it. */
  public RequestLog log() {
    return log;
  }

  /** Remembers the secrets that requests bring and answers give from now on. */
  public void keepSecrets() {
    secrets.keep();
  }

  /**
   * Keys, tokens, codes, signatures and whole queries of URLs since {@link #keepSecrets}: to be
   * looked for where they must not be.
   */
  public Set<String> secretsSeen() {
    return secrets.all();
  }

  /** Stops the servers at once. Harmless the second time. */
  @Override
  public void close() {
    platforms.values().forEach(platform -> platform.server().close());
    workers.shutdownNow();
  }
}
