package vn.phusa.runners.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BinaryOperator;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;

/** Descriptions that lead to simulated platforms, for {@code --marketplaces}. */
public final class SimulatedShops {
  private static final Map<SimulatedPlatform, Map<String, String>> CREDENTIALS =
      Map.of(
          SimulatedPlatform.LAZADA,
          Map.of("appKey", "app_key", "appSecret", "app_secret", "refreshToken", "refresh_token"),
          SimulatedPlatform.SHOPEE,
          Map.of(
              "partnerId", "partner_id",
              "partnerKey", "partner_key",
              "shopId", "shop_id",
              "refreshToken", "refresh_token"),
          SimulatedPlatform.TIKI,
          Map.of("clientId", "client_id", "clientSecret", "client_secret"),
          SimulatedPlatform.SENDO,
          Map.of("shopKey", "shop_key", "secretKey", "secret_key"));

  private SimulatedShops() {}

  /**
   * Writes a description of all platforms.
   *
   * @param file where to; the credentials' files stand beside it
   * @param credential makes of a credential's name and right value the one that is given
   * @param more further keys of every platform, as YAML, each on a line
   */
  public static Path describe(
      Path file, MarketplaceSimulator simulator, BinaryOperator<String> credential, String more)
      throws IOException {
    StringBuilder yaml = new StringBuilder("marketplaces:\n");
    for (SimulatedPlatform platform : SimulatedPlatform.values()) {
      Path secrets = file.resolveSibling(file.getFileName() + "." + platform.id());
      StringBuilder values = new StringBuilder();
      StringBuilder references = new StringBuilder();
      CREDENTIALS
          .get(platform)
          .forEach(
              (ours, theirs) -> {
                String right = simulator.credentials(platform).get(theirs);
                values.append(theirs + "=" + credential.apply(theirs, right) + "\n");
                references.append("      %s: '${file:%s:%s}'\n".formatted(ours, secrets, theirs));
              });
      Files.writeString(secrets, values);
      String origin = simulator.origin(platform);
      yaml.append(
          """
            %s:
              baseUrl: %s
              tokenUrl: %s
              auth: {credentials: {%s}}
          """
              .formatted(
                  platform.id(),
                  origin + path(platform),
                  origin + tokenPath(platform),
                  references.toString().strip().replaceAll("\n *", ", ")));
      yaml.append(more.indent(4));
    }
    return Files.writeString(file, yaml);
  }

  private static String path(SimulatedPlatform platform) {
    return switch (platform) {
      case LAZADA -> "/rest";
      case SHOPEE -> "/api/v2";
      case TIKI -> "/integration";
      case SENDO -> "";
    };
  }

  private static String tokenPath(SimulatedPlatform platform) {
    return switch (platform) {
      case LAZADA -> "/rest";
      case SHOPEE -> "/api/v2";
      case TIKI, SENDO -> "";
    };
  }
}
