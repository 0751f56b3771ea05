package vn.phusa.runners.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import vn.phusa.options.address.SecretReference;
import vn.phusa.runners.embedded.home.PrivateFiles;

/** The file for {@code --marketplaces} that leads to simulated platforms instead of real ones. */
public final class SimulatorFile {
  private SimulatorFile() {}

  /**
   * A simulated platform.
   *
   * @param name as it is described: "lazada", "shopee", "tiki" or "sendo"
   * @param origin scheme, address and port, where the platform's own host would be
   * @param credentials a file with a line name=value for each credential, by the platform's names
   */
  public record Platform(String name, String origin, Path credentials) {}

  /** A simulated feed: its name as it is described, and a folder or glob of its files. */
  public record Feed(String name, String files) {}

  /** Writes it; values are quoted, and credentials are references to the platforms' files. */
  public static Path write(Path file, List<Platform> platforms, List<Feed> feeds) {
    StringBuilder yaml = new StringBuilder("marketplaces:\n");
    platforms.forEach(platform -> yaml.append(entry(platform)));
    yaml.append("feeds:\n");
    feeds.forEach(
        feed ->
            yaml.append(
                String.format(
                    Locale.ROOT, "  %s:\n    files: %s\n", feed.name(), quoted(feed.files()))));
    try {
      PrivateFiles.write(file, yaml.toString());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  /** The real addresses' paths behind the simulator's origin. */
  private static String entry(Platform platform) {
    return switch (platform.name()) {
      case "lazada" ->
          entry(platform, "/rest", "/rest")
              + credential(platform, "appKey", "app_key")
              + credential(platform, "appSecret", "app_secret")
              + credential(platform, "refreshToken", "refresh_token");
      case "shopee" ->
          entry(platform, "/api/v2", "/api/v2")
              + credential(platform, "partnerId", "partner_id")
              + credential(platform, "partnerKey", "partner_key")
              + credential(platform, "shopId", "shop_id")
              + credential(platform, "refreshToken", "refresh_token");
      case "tiki" ->
          entry(platform, "/integration", "")
              + credential(platform, "clientId", "client_id")
              + credential(platform, "clientSecret", "client_secret");
      case "sendo" ->
          entry(platform, "", "")
              + credential(platform, "shopKey", "shop_key")
              + credential(platform, "secretKey", "secret_key");
      default -> throw new IllegalArgumentException("no platform " + platform.name());
    };
  }

  private static String entry(Platform platform, String path, String tokenPath) {
    return String.format(
        Locale.ROOT,
        """
          %s:
            baseUrl: %s
            tokenUrl: %s
            # Simulated platforms take whatever comes, so that a demonstration never waits for the next hour.
            limit: {requests: 0}
            auth:
              credentials:
        """,
        platform.name(),
        quoted(platform.origin() + path),
        quoted(platform.origin() + tokenPath));
  }

  private static String credential(Platform platform, String name, String key) {
    String reference = "${file:" + platform.credentials().toAbsolutePath() + ":" + key + "}";
    return String.format(
        Locale.ROOT,
        "        %s: %s\n",
        name,
        quoted(SecretReference.parse("marketplaces", reference).toString()));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
