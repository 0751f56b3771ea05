package vn.phusa.runners.simulator.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The platforms' signatures, and hashes. */
public final class Signing {
  private static final String HMAC = "HmacSHA256";

  private Signing() {}

  /**
   * Lazada's signature: HMAC-SHA256 over path and parameters, in upper case.
   *
   * @param path the path after /rest
   * @param parameters all of the request; "sign" and empty ones are left out
   */
  public static String lazada(String secret, String path, Map<String, String> parameters) {
    StringBuilder text = new StringBuilder(path);
    new TreeMap<>(parameters)
        .forEach(
            (name, value) -> {
              if (!name.equals("sign") && !name.isEmpty() && !value.isEmpty()) {
                text.append(name).append(value);
              }
            });
    return HexFormat.of().withUpperCase().formatHex(hmac(secret, text.toString()));
  }

  /** Shopee's signature: HMAC-SHA256 over the parts as they stand, in lower case. */
  public static String shopee(String key, String... parts) {
    return HexFormat.of().formatHex(hmac(key, String.join("", parts)));
  }

  static byte[] hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JVM has " + HMAC, e);
    }
  }

  public static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }

  public static boolean same(String left, String right) {
    return MessageDigest.isEqual(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }
}
