package vn.phusa.pipelines.io.marketplace.auth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.http.HttpCall;
import vn.phusa.pipelines.io.marketplace.http.MarketplaceException;
import vn.phusa.pipelines.io.marketplace.limit.WaitBudget;
import vn.phusa.pipelines.io.marketplace.spec.AuthSpec;
import vn.phusa.pipelines.io.marketplace.spec.Marketplace;
import vn.phusa.pipelines.io.staging.Staging;

/** Makes a platform's authentication of its description; secrets are resolved here. */
public final class AuthenticationFactory {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long FOUR_HOURS = 4 * 3600;
  private static final long EIGHT_HOURS = 8 * 3600;
  private static final long A_YEAR = 365L * 86_400;

  private final String name;
  private final Marketplace marketplace;
  private final AuthSpec auth;
  private final TokenCalls calls;
  private final Clock clock;

  private AuthenticationFactory(
      String name, Marketplace marketplace, TokenCalls calls, Clock clock) {
    this.name = name;
    this.marketplace = marketplace;
    this.auth = marketplace.auth();
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * @throws vn.phusa.options.UnresolvedSecretException if a secret is not where its reference says
   */
  public static Authentication of(
      String name,
      Marketplace marketplace,
      TokenCalls calls,
      Staging staging,
      Clock clock,
      WaitBudget.Sleeper sleeper) {
    AuthenticationFactory of = new AuthenticationFactory(name, marketplace, calls, clock);
    Signer signer = of.signer();
    TokenSource source = of.source(signer);
    if (source == null) {
      return new Authentication(signer, null);
    }
    TokenStore store = new TokenStore(name, staging, source.secret(), source.grant(), clock);
    Duration lease = marketplace.timeouts().total().plusSeconds(10);
    return new Authentication(
        signer,
        new TokenRenewal(name, store, source, lease, marketplace.retries(), clock, sleeper));
  }

  private Signer signer() {
    return switch (auth.kind()) {
      case LAZADA -> new LazadaSigner(needed("appKey"), needed("appSecret"));
      case SHOPEE ->
          new ShopeeSigner(
              needed("partnerId"),
              needed("partnerKey"),
              needed("shopId"),
              auth.signedPrefix() == null ? "" : auth.signedPrefix());
      case OAUTH2CLIENTCREDENTIALS, SENDOLOGIN ->
          (call, token, now) ->
              token == null ? call : call.with("Authorization", "Bearer " + token.access());
      case BEARER -> {
        String token = needed("token");
        yield (call, none, now) -> call.with("Authorization", "Bearer " + token);
      }
      case APIKEYHEADER -> {
        String key = needed("key");
        yield (call, none, now) -> call.with(auth.header(), key);
      }
    };
  }

  private @Nullable TokenSource source(Signer signer) {
    return switch (auth.kind()) {
      case LAZADA ->
          new Granted(
              needed("appSecret"),
              (old, beforeSending) ->
                  calls.token(
                      now -> signer.sign(lazada(old), null, now),
                      "/access_token",
                      "/refresh_token",
                      "/expires_in",
                      FOUR_HOURS,
                      beforeSending));
      case SHOPEE ->
          new Granted(
              needed("partnerKey"),
              (old, beforeSending) ->
                  calls.token(
                      now -> signer.sign(shopee(old), null, now),
                      "/access_token",
                      "/refresh_token",
                      "/expire_in",
                      FOUR_HOURS,
                      beforeSending));
      case OAUTH2CLIENTCREDENTIALS ->
          new Repeatable(
              needed("clientSecret"),
              beforeSending ->
                  calls.token(
                      now -> clientCredentials(),
                      "/access_token",
                      null,
                      "/expires_in",
                      FOUR_HOURS,
                      beforeSending));
      case SENDOLOGIN ->
          new Repeatable(
              needed("secretKey"),
              beforeSending ->
                  calls.token(
                      now -> sendo(), "/result/token", null, null, EIGHT_HOURS, beforeSending));
      case BEARER, APIKEYHEADER -> null;
    };
  }

  private HttpCall lazada(@Nullable Token old) {
    String refresh = refreshToken(old);
    return refresh == null
        ? call("GET", auth.tokenPath(), List.of(new HttpCall.Parameter("code", needed("code"))))
        : call(
            "GET", auth.refreshPath(), List.of(new HttpCall.Parameter("refresh_token", refresh)));
  }

  private HttpCall shopee(@Nullable Token old) {
    String refresh = refreshToken(old);
    ObjectNode body =
        JSON.createObjectNode()
            .put("partner_id", Long.parseLong(needed("partnerId")))
            .put("shop_id", Long.parseLong(needed("shopId")));
    if (refresh == null) {
      body.put("code", needed("code"));
    } else {
      body.put("refresh_token", refresh);
    }
    return json(refresh == null ? auth.tokenPath() : auth.refreshPath(), body);
  }

  private HttpCall sendo() {
    return json(
        auth.tokenPath(),
        JSON.createObjectNode()
            .put("shop_key", needed("shopKey"))
            .put("secret_key", needed("secretKey")));
  }

  private HttpCall clientCredentials() {
    String pair = needed("clientId") + ":" + needed("clientSecret");
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return new HttpCall(
        "POST",
        marketplace.tokenBase(),
        auth.tokenPath(),
        List.of(),
        Map.of(
            "Authorization", "Basic " + basic, "Content-Type", "application/x-www-form-urlencoded"),
        "grant_type=client_credentials".getBytes(StandardCharsets.UTF_8));
  }

  private HttpCall call(String method, String path, List<HttpCall.Parameter> query) {
    return new HttpCall(method, marketplace.tokenBase(), path, query, Map.of(), null);
  }

  private HttpCall json(String path, ObjectNode body) {
    return new HttpCall(
        "POST",
        marketplace.tokenBase(),
        path,
        List.of(),
        Map.of("Content-Type", "application/json"),
        body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The newest refresh token; null: the authorization code is what there is. */
  private @Nullable String refreshToken(@Nullable Token old) {
    String refresh = old == null ? auth.credential("refreshToken") : old.refresh();
    if (refresh == null && (old != null || auth.credential("code") == null)) {
      throw new TokenSource.TokenRefusedException("there is no refresh token and no code");
    }
    return refresh;
  }

  private String needed(String credential) {
    String value = auth.credential(credential);
    if (value == null) {
      throw MarketplaceException.lasting(name + ": the credential " + credential + " is not given");
    }
    return value;
  }

  /** Gets a token after another. */
  @FunctionalInterface
  private interface Getter {
    Token get(@Nullable Token old, Runnable beforeSending) throws InterruptedException;
  }

  /** Gets a token from the credentials alone. */
  @FunctionalInterface
  private interface FirstGetter {
    Token get(Runnable beforeSending) throws InterruptedException;
  }

  /** Tokens that an authorisation begins and that are renewed one by the other. */
  private final class Granted implements TokenSource {
    private final String secret;
    private final Getter getter;

    Granted(String secret, Getter getter) {
      this.secret = secret;
      this.getter = getter;
    }

    @Override
    public String secret() {
      return secret;
    }

    @Override
    public @Nullable String grant() {
      for (String credential : AuthSpec.GRANTS) {
        String grant = auth.credential(credential);
        if (grant != null) {
          return grant;
        }
      }
      return null;
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public Token get(@Nullable Token old, Runnable beforeSending) throws InterruptedException {
      String access = auth.credential("accessToken");
      if (old == null && access != null) {
        Instant now = clock.instant();
        return Token.living(access, auth.credential("refreshToken"), now, A_YEAR);
      }
      return getter.get(old, beforeSending);
    }
  }

  /** Tokens of which the credentials give any number. */
  private static final class Repeatable implements TokenSource {
    private final String secret;
    private final FirstGetter getter;

    Repeatable(String secret, FirstGetter getter) {
      this.secret = secret;
      this.getter = getter;
    }

    @Override
    public String secret() {
      return secret;
    }

    @Override
    public @Nullable String grant() {
      return null;
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }

    @Override
    public Token get(@Nullable Token old, Runnable beforeSending) throws InterruptedException {
      return getter.get(beforeSending);
    }
  }
}
