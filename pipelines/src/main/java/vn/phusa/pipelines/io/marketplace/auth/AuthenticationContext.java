package vn.phusa.pipelines.io.marketplace.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.http.HttpCall;
import vn.phusa.pipelines.io.marketplace.http.MarketplaceException;
import vn.phusa.pipelines.io.marketplace.limit.WaitBudget;
import vn.phusa.pipelines.io.marketplace.spec.Marketplace;
import vn.phusa.pipelines.io.staging.Staging;

/** What a platform's authentication is made of; secrets are resolved here. */
public final class AuthenticationContext {
  private final String name;
  private final Marketplace marketplace;
  private final TokenCalls calls;
  private final Staging staging;
  private final Clock clock;
  private final WaitBudget.Sleeper sleeper;

  AuthenticationContext(
      String name,
      Marketplace marketplace,
      TokenCalls calls,
      Staging staging,
      Clock clock,
      WaitBudget.Sleeper sleeper) {
    this.name = name;
    this.marketplace = marketplace;
    this.calls = calls;
    this.staging = staging;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /**
   * A credential; null where it is not given.
   *
   * @throws vn.phusa.options.address.UnresolvedSecretException if it is not where its reference
   *     says
   */
  public @Nullable String credential(String credential) {
    return marketplace.auth().credential(credential);
  }

  /**
   * A credential that must be there.
   *
   * @throws MarketplaceException if it is not given
   * @throws vn.phusa.options.address.UnresolvedSecretException if it is not where its reference
   *     says
   */
  public String needed(String credential) {
    String value = credential(credential);
    if (value == null) {
      throw MarketplaceException.lasting(name + ": the credential " + credential + " is not given");
    }
    return value;
  }

  /** What a key of "auth" says; null where it is not given. */
  public @Nullable String key(String key) {
    return marketplace.auth().key(key);
  }

  /** A request for a token. */
  public HttpCall get(String path, HttpCall.Parameter... query) {
    return new HttpCall("GET", marketplace.tokenBase(), path, List.of(query), Map.of(), null);
  }

  /** A request for a token. */
  public HttpCall post(String path, ObjectNode body) {
    return post(path, Map.of("Content-Type", "application/json"), body.toString());
  }

  /** A request for a token. */
  public HttpCall post(String path, Map<String, String> headers, String body) {
    return new HttpCall(
        "POST",
        marketplace.tokenBase(),
        path,
        List.of(),
        headers,
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** An authentication without tokens. */
  public Authentication signedBy(Signer signer) {
    return new Authentication(signer, null);
  }

  /** An authentication whose tokens are renewed in time, and shared by all processes. */
  public Authentication signedBy(Signer signer, TokenSource source) {
    TokenStore store = new TokenStore(name, staging, source.secret(), source.grant(), clock);
    Duration lease = marketplace.timeouts().total().plusSeconds(10);
    return new Authentication(
        signer,
        new TokenRenewal(name, store, source, lease, marketplace.retries(), clock, sleeper));
  }

  TokenCalls calls() {
    return calls;
  }

  Clock clock() {
    return clock;
  }
}
