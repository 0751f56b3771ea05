package vn.phusa.pipelines.io.marketplace.auth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import vn.phusa.pipelines.io.marketplace.http.HttpCall;
import vn.phusa.pipelines.io.marketplace.spec.Credential;

/** Sendo's: a login with a shop's key and secret. */
public final class SendoAuthentication implements AuthenticationStrategy {
  private static final long serialVersionUID = 1L;
  private static final TokenAnswer ANSWER =
      new TokenAnswer("/result/token", null, null, Duration.ofHours(8));

  @Override
  public String name() {
    return "sendoLogin";
  }

  @Override
  public List<Credential> credentials() {
    return Credential.secrets("shopKey", "secretKey");
  }

  @Override
  public List<String> neededKeys() {
    return List.of("tokenPath");
  }

  @Override
  public Authentication authentication(AuthenticationContext context) {
    return context.signedBy(
        Signer.bearer(),
        new RepeatableTokens(context, context.needed("secretKey"), now -> call(context), ANSWER));
  }

  private static HttpCall call(AuthenticationContext context) {
    return context.post(
        context.key("tokenPath"),
        JsonNodeFactory.instance
            .objectNode()
            .put("shop_key", context.needed("shopKey"))
            .put("secret_key", context.needed("secretKey")));
  }
}
