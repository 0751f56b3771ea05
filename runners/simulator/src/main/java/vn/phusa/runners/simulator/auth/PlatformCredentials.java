package vn.phusa.runners.simulator.auth;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;

/** What a seller's application needs to be let in, by the platform's own names. */
public final class PlatformCredentials {
  private final Map<String, String> values;

  private PlatformCredentials(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * The credentials that follow from a seed and a secret.
   *
   * <ul>
   *   <li>Lazada: app_key, app_secret, auth_code, refresh_token
   *   <li>Shopee: partner_id, partner_key, shop_id, auth_code, refresh_token
   *   <li>Tiki: client_id, client_secret
   *   <li>Sendo: shop_key, secret_key
   * </ul>
   */
  public static PlatformCredentials of(
      SimulatedPlatform platform, long seed, String secret, TokenMint mint) {
    Map<String, String> values =
        switch (platform) {
          case LAZADA ->
              Map.of(
                  "app_key", "100" + number(platform, seed),
                  "app_secret", secret("app_secret", platform, seed + secret),
                  "auth_code", mint.initial("code"),
                  "refresh_token", mint.initial("refresh"));
          case SHOPEE ->
              Map.of(
                  "partner_id", "2" + number(platform, seed),
                  "partner_key", "shpk" + secret("partner_key", platform, seed + secret),
                  "shop_id", "6" + number(platform, seed),
                  "auth_code", mint.initial("code"),
                  "refresh_token", mint.initial("refresh"));
          case TIKI ->
              Map.of(
                  "client_id",
                  "7" + number(platform, seed),
                  "client_secret",
                  secret("client_secret", platform, seed + secret));
          case SENDO ->
              Map.of(
                  "shop_key", secret("shop_key", platform, seed + secret).substring(0, 16),
                  "secret_key", secret("secret_key", platform, seed + secret));
        };
    return new PlatformCredentials(values);
  }

  /** The names, in order. */
  public Set<String> names() {
    return new TreeMap<>(values).keySet();
  }

  /**
   * A value.
   *
   * @throws IllegalArgumentException if the platform has none of the name
   */
  public String get(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("There is no credential " + name);
    }
    return value;
  }

  private static String secret(String name, SimulatedPlatform platform, String source) {
    return Signing.sha256(name + " " + platform.id() + " " + source);
  }

  private static String number(SimulatedPlatform platform, long seed) {
    return Long.toString(100_000 + Math.floorMod(seed * 31 + platform.ordinal(), 900_000L));
  }

  /** The names alone. */
  @Override
  public String toString() {
    return "credentials " + names();
  }
}
