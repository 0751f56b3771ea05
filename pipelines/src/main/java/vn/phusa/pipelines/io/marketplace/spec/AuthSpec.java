package vn.phusa.pipelines.io.marketplace.spec;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.SecretReference;
import vn.phusa.options.UnresolvedSecretException;

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
public record AuthSpec(
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

  /** Parts of requests as numbers. */
  private static final List<String> NUMBERS = List.of("partnerId", "shopId");

  /** What an authorisation by a person begins with; one of them. */
  public static final List<String> GRANTS = List.of("refreshToken", "code", "accessToken");

  public AuthSpec {
    credentials =
        credentials == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(credentials));
  }

  /** The ways, with the names of their credentials. */
  public enum Kind {
    LAZADA(true, true, "appKey", "appSecret"),
    SHOPEE(true, true, "partnerId", "partnerKey", "shopId"),
    OAUTH2CLIENTCREDENTIALS(true, false, "clientId", "clientSecret"),
    SENDOLOGIN(true, false, "shopKey", "secretKey"),
    BEARER(false, false, "token"),
    APIKEYHEADER(false, false, "key");

    private final boolean hasTokens;
    private final boolean isGranted;
    private final List<String> needed;

    Kind(boolean hasTokens, boolean isGranted, String... needed) {
      this.hasTokens = hasTokens;
      this.isGranted = isGranted;
      this.needed = List.of(needed);
    }

    private boolean knows(String credential) {
      return needed.contains(credential) || (isGranted && GRANTS.contains(credential));
    }
  }

  /**
   * A credential itself: to be called on the worker, and never to be kept where it is serialized.
   *
   * @return null where it is not given
   * @throws vn.phusa.options.UnresolvedSecretException if there is none where the reference points
   */
  public @Nullable String credential(String name) {
    String text = credentials.get(name);
    if (text == null) {
      return null;
    }
    return NO_SECRETS.contains(name) && !text.startsWith("${")
        ? text
        : SecretReference.parse("marketplaces", text).resolve();
  }

  void check(String where) {
    InvalidSpecException.check(kind != null, where + ".kind is missing");
    InvalidSpecException.check(
        kind != Kind.APIKEYHEADER || header != null, where + ".header is missing");
    InvalidSpecException.check(
        !kind.hasTokens || tokenPath != null, where + ".tokenPath is missing");
    InvalidSpecException.check(
        !kind.isGranted || refreshPath != null, where + ".refreshPath is missing");
    if (!credentials.isEmpty()) {
      credentials.forEach((name, text) -> checkCredential(where + ".credentials." + name, name));
      for (String name : kind.needed) {
        SpecValidation.present(where + ".credentials." + name, credentials.get(name));
      }
      // What an authorisation began with is not needed any more when there are tokens of it.
    }
  }

  private void checkCredential(String where, String name) {
    InvalidSpecException.check(kind.knows(name), where + " is no credential of this kind");
    String text = credentials.get(name);
    SpecValidation.present(where, text);
    if (NO_SECRETS.contains(name) && !text.startsWith("${")) {
      InvalidSpecException.check(
          !NUMBERS.contains(name) || text.matches("[0-9]{1,18}"), where + " is no number");
      return;
    }
    try {
      SecretReference.parse("marketplaces", text);
    } catch (InvalidOptionException e) {
      throw new InvalidSpecException(
          where
              + ": a secret is never given literally; give ${env:NAME}, ${file:/path} or"
              + " ${file:/path:key}");
    }
  }

  /** Refuses credentials that are not where their references say, or not what they should be. */
  void checkSecrets(String where) {
    for (String name : credentials.keySet()) {
      try {
        String value = credential(name);
        InvalidSpecException.check(!value.isEmpty(), where + ".credentials." + name + " is empty");
        InvalidSpecException.check(
            !NUMBERS.contains(name) || value.matches("[0-9]{1,18}"),
            where + ".credentials." + name + " is no number");
      } catch (UnresolvedSecretException e) {
        throw new InvalidSpecException(where + ".credentials." + name + ": " + e.getMessage());
      }
    }
  }
}
