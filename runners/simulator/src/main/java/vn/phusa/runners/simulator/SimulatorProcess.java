package vn.phusa.runners.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;

/**
 * The simulator as a process of its own: {@code SimulatorProcess [products [orders [latency in
 * milliseconds]]]}. It prints a line {@code name=base URL} for each platform, then {@code ready},
 * and runs until its standard input ends. Credentials follow from the usual seed.
 */
public final class SimulatorProcess {
  private SimulatorProcess() {}

  /** Starts the simulator, and waits for the end of the standard input. */
  public static void main(String[] arguments) throws IOException {
    int products = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
    int orders = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 300;
    long latency = arguments.length > 2 ? Long.parseLong(arguments[2]) : 0;
    SimulatorSettings settings =
        SimulatorSettings.small()
            .withCatalogue(catalogue -> catalogue.withSize(products, orders))
            .withContract(contract -> contract.withLatency(Duration.ofMillis(latency)));
    try (MarketplaceSimulator simulator = MarketplaceSimulator.start(settings)) {
      for (SimulatedPlatform platform : SimulatedPlatform.values()) {
        System.out.println(platform.id() + "=" + simulator.baseUrl(platform));
      }
      System.out.println("ready");
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
