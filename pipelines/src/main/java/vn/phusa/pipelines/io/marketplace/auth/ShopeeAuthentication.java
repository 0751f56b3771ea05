package vn.phusa.pipelines.io.marketplace.auth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.http.HttpCall;
import vn.phusa.pipelines.io.marketplace.spec.Credential;

/** Shopee's: signed requests, with tokens that a seller's authorisation begins. */
public final class ShopeeAuthentication implements AuthenticationStrategy {
  private static final long serialVersionUID = 1L;
  private static final TokenAnswer ANSWER =
      new TokenAnswer("/access_token", "/refresh_token", "/expire_in", Duration.ofHours(4));

  /** What stands before a path where it is signed: "/api/v2". */
  private static final String SIGNED_PREFIX = "signedPrefix";

  @Override
  public String name() {
    return "shopee";
  }

  @Override
  public List<Credential> credentials() {
    return List.of(
        Credential.shownNumber("partnerId"),
        Credential.secret("partnerKey"),
        Credential.shownNumber("shopId"));
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
  public List<String> optionalKeys() {
    return List.of(SIGNED_PREFIX);
  }

  @Override
  public Authentication authentication(AuthenticationContext context) {
    String partner = context.needed("partnerId");
    String secret = context.needed("partnerKey");
    String prefix = context.key(SIGNED_PREFIX);
    Signer signer =
        new ShopeeSigner(partner, secret, context.needed("shopId"), prefix == null ? "" : prefix);
    return context.signedBy(
        signer,
        new GrantedTokens(
            context,
            secret,
            (refresh, now) -> signer.sign(call(context, refresh), null, now),
            ANSWER));
  }

  private static HttpCall call(AuthenticationContext context, @Nullable String refresh) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("partner_id", Long.parseLong(context.needed("partnerId")))
            .put("shop_id", Long.parseLong(context.needed("shopId")));
    return refresh == null
        ? context.post(context.key("tokenPath"), body.put("code", context.needed("code")))
        : context.post(context.key("refreshPath"), body.put("refresh_token", refresh));
  }
}
