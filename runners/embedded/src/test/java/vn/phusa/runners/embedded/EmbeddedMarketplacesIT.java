package vn.phusa.runners.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;

class EmbeddedMarketplacesIT {
  @TempDir private Path home;

  @Test
  void startsAgainAsTheSameMarketplaces() throws Exception {
    String origin;
    String credentials;
    List<String> orders;
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      EmbeddedMarketplaces marketplaces = services.marketplaces();
      assertThat(services.marketplaces()).isSameAs(marketplaces);
      MarketplaceSimulator simulator = marketplaces.simulator();
      origin = simulator.origin(SimulatedPlatform.SHOPEE);
      Path file = marketplaces.credentialsFile(SimulatedPlatform.SHOPEE);
      credentials = Files.readString(file);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(credentials)
          .contains(
              "partner_key=" + simulator.credentials(SimulatedPlatform.SHOPEE).get("partner_key"));
      orders = simulator.catalogue(SimulatedPlatform.SHOPEE).orderIds();
      assertThat(orders).hasSizeGreaterThanOrEqualTo(300);
      assertThat(marketplaces.feeds().toFile().list()).hasSize(2);
      assertThat(ListeningSockets.addresses(simulator.port(SimulatedPlatform.SHOPEE)))
          .isNotEmpty()
          .allMatch(ListeningSockets::isLoopback);
    }
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      MarketplaceSimulator simulator = services.marketplaces().simulator();
      assertThat(simulator.origin(SimulatedPlatform.SHOPEE)).isEqualTo(origin);
      assertThat(
              Files.readString(services.marketplaces().credentialsFile(SimulatedPlatform.SHOPEE)))
          .isEqualTo(credentials);
      assertThat(simulator.catalogue(SimulatedPlatform.SHOPEE).orderIds())
          .startsWith(orders.toArray(String[]::new));
    }
  }
}
