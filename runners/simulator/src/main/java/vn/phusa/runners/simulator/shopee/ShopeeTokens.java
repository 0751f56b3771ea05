package vn.phusa.runners.simulator.shopee;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import vn.phusa.runners.simulator.auth.TokenMint;
import vn.phusa.runners.simulator.core.ContractSetting;
import vn.phusa.runners.simulator.core.JsonText;
import vn.phusa.runners.simulator.http.ApiRequest;
import vn.phusa.runners.simulator.http.Refusal;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;

/** Shopee's tokens: by a code of one use, then by refresh tokens of one use. */
final class ShopeeTokens {
  static final String ACCESS = "access";
  private static final String REFRESH = "refresh";

  private final ContractSetting setting;

  ShopeeTokens(ContractSetting setting) {
    this.setting = setting;
  }

  String create(ApiRequest request) {
    JsonNode body = body(request);
    TokenMint.Verdict verdict = setting.mint().spend("code", body.path("code").asText());
    if (verdict != TokenMint.Verdict.VALID) {
      throw new Refusal(403, "error_auth", "Invalid code", "code " + verdict);
    }
    return issued();
  }

  String refresh(ApiRequest request) {
    String token = body(request).path("refresh_token").asText();
    setting.log().refreshTokenPresented(SimulatedPlatform.SHOPEE, token);
    TokenMint.Verdict verdict = setting.mint().spend(REFRESH, token);
    if (verdict != TokenMint.Verdict.VALID) {
      throw new Refusal(
          403,
          "error_auth",
          "Your refresh_token expired or is invalid",
          "refresh token " + verdict);
    }
    return issued();
  }

  private JsonNode body(ApiRequest request) {
    if (!request.contentType().orElse("").startsWith("application/json")) {
      throw ShopeeContract.bad("Content-Type must be application/json", "content type");
    }
    JsonNode body = request.json(() -> ShopeeContract.bad("parse data failed", "no JSON object"));
    same(body, "partner_id");
    same(body, "shop_id");
    return body;
  }

  private void same(JsonNode body, String name) {
    if (!body.path(name).isIntegralNumber()
        || !body.path(name).asText().equals(setting.credentials().get(name))) {
      throw ShopeeContract.bad("Invalid " + name, name + " in the body is not the number");
    }
  }

  /** The content of the answer, which is not in "response". */
  private String issued() {
    Duration access = setting.limits().accessTokenLife().get(SimulatedPlatform.SHOPEE);
    String text =
        JsonText.object(JsonText.Style.COMPACT)
            .put("access_token", setting.mint().issue(ACCESS, access))
            .put(
                "refresh_token", setting.mint().issue(REFRESH, setting.limits().refreshTokenLife()))
            .put("expire_in", access.toSeconds())
            .end();
    return text.substring(1, text.length() - 1);
  }
}
