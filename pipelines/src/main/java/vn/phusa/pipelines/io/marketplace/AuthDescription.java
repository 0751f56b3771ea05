package vn.phusa.pipelines.io.marketplace;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.SecretReference;

/**
 * How a marketplace's requests prove who sends them.
 *
 * @param kind the way
 * @param credentials by their names; references to secrets, but for names that are none
 * @param signedPrefix what stands before a path where it is signed: "/api/v2"
 * @param header the header of an API key
 * @param tokenPath where a token is asked for, after the token URL
 * @param refreshPath where it is renewed
 */
public record AuthDescription(
    Kind kind,
    Map<String, String> credentials,
    @Nullable String signedPrefix,
    @Nullable String header,
    @Nullable String tokenPath,
    @Nullable String refreshPath)
    implements Serializable {

  /** Names that stand in every request for all to see: they may be written out. */
  private static final List<String> NO_SECRETS =
      List.of("appKey", "partnerId", "shopId", "clientId");

  public AuthDescription {
    credentials =
        credentials == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(credentials));
  }

  /** The ways, with the names of their credentials. */
  public enum Kind {
    LAZADA("appKey", "appSecret"),
    SHOPEE("partnerId", "partnerKey", "shopId"),
    OAUTH2CLIENTCREDENTIALS("clientId", "clientSecret"),
    SENDOLOGIN("shopKey", "secretKey"),
    BEARER("token"),
    APIKEYHEADER("key");

    private final List<String> needed;

    Kind(String... needed) {
      this.needed = List.of(needed);
    }
  }

  /**
   * A credential itself: to be called on the worker, and never to be kept where it is serialized.
   *
   * @return null where it is not given
   * @throws vn.phusa.options.UnresolvedSecretException if there is none where the reference points
   */
  @Nullable String credential(String name) {
    String text = credentials.get(name);
    if (text == null) {
      return null;
    }
    return NO_SECRETS.contains(name) && !text.startsWith("${")
        ? text
        : SecretReference.parse("marketplaces", text).resolve();
  }

  void check(String where) {
    DescriptionException.check(kind != null, where + ".kind is missing");
    DescriptionException.check(
        kind != Kind.APIKEYHEADER || header != null, where + ".header is missing");
    credentials.forEach(
        (name, text) -> {
          if (!NO_SECRETS.contains(name) || text.startsWith("${")) {
            try {
              SecretReference.parse("marketplaces", text);
            } catch (InvalidOptionException e) {
              throw new DescriptionException(
                  where
                      + ".credentials."
                      + name
                      + ": a secret is never given literally; give ${env:NAME}, ${file:/path} or"
                      + " ${file:/path:key}");
            }
          }
        });
    if (!credentials.isEmpty()) {
      for (String name : kind.needed) {
        DescriptionException.check(
            credentials.containsKey(name), where + ".credentials." + name + " is missing");
      }
    }
  }
}
