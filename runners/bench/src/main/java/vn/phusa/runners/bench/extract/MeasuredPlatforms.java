package vn.phusa.runners.bench.extract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import vn.phusa.runners.cli.demo.SimulatorFile;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.auth.PlatformCredentials;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;

/** New simulated platforms without limits, and the file that leads to them. */
record MeasuredPlatforms(MarketplaceSimulator simulator, Path file) implements AutoCloseable {

  /**
   * Starts them.
   *
   * @param records products of each, and as many orders
   * @param latency how long every answer takes at least
   */
  static MeasuredPlatforms start(Path home, int records, Duration latency) throws IOException {
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    MarketplaceSimulator simulator =
        MarketplaceSimulator.start(
            SimulatorSettings.small()
                .withCatalogue(c -> c.withStart(start).withSize(records, records))
                .withContract(c -> c.withLatency(latency)));
    List<SimulatorFile.Platform> platforms = new ArrayList<>();
    for (SimulatedPlatform platform : SimulatedPlatform.values()) {
      PlatformCredentials credentials = simulator.credentials(platform);
      StringBuilder lines = new StringBuilder();
      credentials.names().forEach(name -> lines.append(name + "=" + credentials.get(name) + "\n"));
      Path secrets = Files.writeString(home.resolve(platform.id() + ".credentials"), lines);
      platforms.add(new SimulatorFile.Platform(platform.id(), simulator.origin(platform), secrets));
    }
    Path file = SimulatorFile.write(home.resolve("bench-marketplaces.yaml"), platforms, List.of());
    return new MeasuredPlatforms(simulator, file);
  }

  @Override
  public void close() {
    simulator.close();
  }
}
