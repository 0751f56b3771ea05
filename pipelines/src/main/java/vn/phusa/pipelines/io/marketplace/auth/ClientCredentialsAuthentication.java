package vn.phusa.pipelines.io.marketplace.auth;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import vn.phusa.pipelines.io.marketplace.http.HttpCall;
import vn.phusa.pipelines.io.marketplace.spec.Credential;

/** OAuth 2 for programs: tokens for an id and a secret (RFC 6749, 4.4). */
public final class ClientCredentialsAuthentication implements AuthenticationStrategy {
  private static final long serialVersionUID = 1L;
  private static final TokenAnswer ANSWER =
      new TokenAnswer("/access_token", null, "/expires_in", Duration.ofHours(4));

  @Override
  public String name() {
    return "oauth2ClientCredentials";
  }

  @Override
  public List<Credential> credentials() {
    return List.of(Credential.shown("clientId"), Credential.secret("clientSecret"));
  }

  @Override
  public List<String> neededKeys() {
    return List.of("tokenPath");
  }

  @Override
  public Authentication authentication(AuthenticationContext context) {
    return context.signedBy(
        Signer.bearer(),
        new RepeatableTokens(
            context, context.needed("clientSecret"), now -> call(context), ANSWER));
  }

  private static HttpCall call(AuthenticationContext context) {
    String pair = context.needed("clientId") + ":" + context.needed("clientSecret");
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return context.post(
        context.key("tokenPath"),
        Map.of(
            "Authorization", "Basic " + basic, "Content-Type", "application/x-www-form-urlencoded"),
        "grant_type=client_credentials");
  }
}
