package vn.phusa.runners.simulator.lazada;

import java.time.Duration;
import vn.phusa.runners.simulator.auth.TokenMint;
import vn.phusa.runners.simulator.core.ContractSetting;
import vn.phusa.runners.simulator.core.JsonText;
import vn.phusa.runners.simulator.http.ApiRequest;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;

/** Lazada's tokens: by a code of one use, then by refresh tokens of one use. */
final class LazadaTokens {
  static final String ACCESS = "access";
  private static final String REFRESH = "refresh";

  private final ContractSetting setting;

  LazadaTokens(ContractSetting setting) {
    this.setting = setting;
  }

  String create(ApiRequest request) {
    String code =
        request
            .parameter("code")
            .orElseThrow(
                () -> LazadaContract.isp("MissingParameter", "code is not supplied", "code"));
    TokenMint.Verdict verdict = setting.mint().spend("code", code);
    if (verdict != TokenMint.Verdict.VALID) {
      throw LazadaContract.isp("InvalidCode", "Invalid authorization code", "code " + verdict);
    }
    return issued();
  }

  String refresh(ApiRequest request) {
    String token =
        request
            .parameter("refresh_token")
            .orElseThrow(
                () ->
                    LazadaContract.isp(
                        "MissingParameter", "refresh_token is not supplied", "refresh_token"));
    setting.log().refreshTokenPresented(SimulatedPlatform.LAZADA, token);
    TokenMint.Verdict verdict = setting.mint().spend(REFRESH, token);
    if (verdict != TokenMint.Verdict.VALID) {
      throw LazadaContract.isp(
          "IllegalRefreshToken",
          "The specified refresh token is invalid or expired",
          "refresh token " + verdict);
    }
    return issued();
  }

  /** The content of the answer, which has no "data". */
  private String issued() {
    Duration access = setting.limits().accessTokenLife().get(SimulatedPlatform.LAZADA);
    Duration refresh = setting.limits().refreshTokenLife();
    String text =
        JsonText.object(JsonText.Style.COMPACT)
            .put("access_token", setting.mint().issue(ACCESS, access))
            .put("refresh_token", setting.mint().issue(REFRESH, refresh))
            .put("expires_in", access.toSeconds())
            .put("refresh_expires_in", refresh.toSeconds())
            .put("country", "vn")
            .put("account_platform", "seller_center")
            .put("account", "cuahang@phusa.example")
            .openArray("country_user_info")
            .openObject()
            .put("country", "vn")
            .put("seller_id", "200155")
            .put("user_id", "200156")
            .put("short_code", "VN1PS")
            .closeObject()
            .closeArray()
            .end();
    return text.substring(1, text.length() - 1);
  }
}
