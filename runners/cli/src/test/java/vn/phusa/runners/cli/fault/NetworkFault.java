package vn.phusa.runners.cli.fault;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import vn.phusa.runners.embedded.junit.FaultyNetwork;

/** One way in which the network to a service goes wrong in the midst of a command. */
enum NetworkFault {
  /** Nothing passes for a minute. */
  STALL_60_S(FaultyNetwork::stall, Duration.ofSeconds(60)),
  /** Nothing passes until the test has seen enough. */
  STALL_FOR_EVER(FaultyNetwork::stall, null),
  /** What passes comes 200 ms late, in each direction. */
  DELAY(network -> network.delay(Duration.ofMillis(200)), null),
  /** Connections are cut at random for 20 seconds, all that are there at its beginning. */
  CUTS(
      network -> {
        network.cutAll();
        network.cut(5);
      },
      Duration.ofSeconds(20)),
  /** Connections that are there look alive to both sides, and pass nothing any more. */
  HALF_OPEN(FaultyNetwork::dropSilently, null);

  private final Consumer<FaultyNetwork> begin;
  private final Duration lasts;

  NetworkFault(Consumer<FaultyNetwork> begin, Duration lasts) {
    this.begin = begin;
    this.lasts = lasts;
  }

  void begin(List<FaultyNetwork> networks) {
    networks.forEach(begin);
  }

  /** How long it lasts; null: as long as the test. */
  Duration lasts() {
    return lasts;
  }
}
