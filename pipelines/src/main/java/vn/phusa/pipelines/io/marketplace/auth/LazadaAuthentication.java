package vn.phusa.pipelines.io.marketplace.auth;

import java.time.Duration;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.http.HttpCall;
import vn.phusa.pipelines.io.marketplace.spec.Credential;

/** Lazada's: signed requests, with tokens that a seller's authorisation begins. */
public final class LazadaAuthentication implements AuthenticationStrategy {
  private static final long serialVersionUID = 1L;
  private static final TokenAnswer ANSWER =
      new TokenAnswer("/access_token", "/refresh_token", "/expires_in", Duration.ofHours(4));

  @Override
  public String name() {
    return "lazada";
  }

  @Override
  public List<Credential> credentials() {
    return List.of(Credential.shown("appKey"), Credential.secret("appSecret"));
  }

  @Override
  public List<Credential> grants() {
    return GrantedTokens.GRANTS;
  }

  @Override
  public List<String> neededKeys() {
    return List.of("tokenPath", "refreshPath");
  }

  @Override
  public Authentication authentication(AuthenticationContext context) {
    String key = context.needed("appKey");
    String secret = context.needed("appSecret");
    Signer signer = new LazadaSigner(key, secret);
    return context.signedBy(
        signer,
        new GrantedTokens(
            context,
            secret,
            (refresh, now) -> signer.sign(call(context, refresh), null, now),
            ANSWER));
  }

  private static HttpCall call(AuthenticationContext context, @Nullable String refresh) {
    return refresh == null
        ? context.get(
            context.key("tokenPath"), new HttpCall.Parameter("code", context.needed("code")))
        : context.get(context.key("refreshPath"), new HttpCall.Parameter("refresh_token", refresh));
  }
}
