package vn.phusa.runners.simulator.settings;

import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How a simulator is started.
 *
 * @param catalogue what is sold and ordered
 * @param contract what the platforms allow
 * @param clock the real time: tokens, signatures' timestamps and quotas go by it, never by the
 *     simulated time
 * @param secret what credentials and tokens follow from besides the catalogue's seed; empty: from
 *     that alone, so that whoever knows it can work them out
 * @param ports the ports on 127.0.0.1; a platform without an entry takes any free one
 */
public record SimulatorSettings(
    CatalogueSettings catalogue,
    ContractSettings contract,
    Clock clock,
    String secret,
    Map<SimulatedPlatform, Integer> ports) {

  /** A few hundred records, no quotas, any free ports. */
  public static SimulatorSettings small() {
    return new SimulatorSettings(
        CatalogueSettings.small(), ContractSettings.generous(), Clock.systemUTC(), "", Map.of());
  }

  public SimulatorSettings withCatalogue(UnaryOperator<CatalogueSettings> change) {
    return new SimulatorSettings(change.apply(catalogue), contract, clock, secret, ports);
  }

  public SimulatorSettings withContract(UnaryOperator<ContractSettings> change) {
    return new SimulatorSettings(catalogue, change.apply(contract), clock, secret, ports);
  }

  public SimulatorSettings withClock(Clock value) {
    return new SimulatorSettings(catalogue, contract, value, secret, ports);
  }

  public SimulatorSettings withSecret(String value) {
    return new SimulatorSettings(catalogue, contract, clock, value, ports);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "simulator of " + catalogue + " on " + ports;
  }

  public SimulatorSettings withPorts(Map<SimulatedPlatform, Integer> value) {
    return new SimulatorSettings(catalogue, contract, clock, secret, Map.copyOf(value));
  }
}
