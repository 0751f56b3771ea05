package vn.phusa.runners.simulator.shopee;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import vn.phusa.runners.simulator.auth.Signing;
import vn.phusa.runners.simulator.auth.TokenMint;
import vn.phusa.runners.simulator.core.ContractSetting;
import vn.phusa.runners.simulator.core.JsonText;
import vn.phusa.runners.simulator.http.ApiAnswer;
import vn.phusa.runners.simulator.http.ApiRequest;
import vn.phusa.runners.simulator.http.PlatformContract;
import vn.phusa.runners.simulator.http.Refusal;

/** Shopee: signed requests; a text in "error" is a failure, whatever the HTTP status. */
public final class ShopeeContract implements PlatformContract {
  private static final long SKEW_SECONDS = 300;
  private static final Set<String> TOKEN_PATHS =
      Set.of("/api/v2/auth/token/get", "/api/v2/auth/access_token/get");
  private static final Set<String> LIST_PATHS =
      Set.of("/api/v2/product/get_item_list", "/api/v2/order/get_order_list");

  private final ContractSetting setting;
  private final ShopeeTokens tokens;
  private final ShopeeProducts products;
  private final ShopeeOrders orders;
  private final AtomicLong requests = new AtomicLong();

  public ShopeeContract(ContractSetting setting, ShopeeRendering rendering) {
    this.setting = setting;
    this.tokens = new ShopeeTokens(setting);
    this.products = new ShopeeProducts(setting, rendering);
    this.orders = new ShopeeOrders(setting, rendering);
  }

  @Override
  public boolean givesTokens(String path) {
    return TOKEN_PATHS.contains(path);
  }

  @Override
  public boolean givesPages(String path) {
    return LIST_PATHS.contains(path);
  }

  @Override
  public ApiAnswer answer(ApiRequest request) {
    try {
      boolean token = givesTokens(request.path());
      check(request, token);
      String method = token ? "POST" : "GET";
      if (!request.method().equals(method)) {
        throw new Refusal(405, "error_param", "Wrong method", request.method());
      }
      if (token) {
        String content =
            request.path().endsWith("/access_token/get")
                ? tokens.refresh(request)
                : tokens.create(request);
        return ApiAnswer.accepted(
            "{"
                + content
                + ",\"request_id\":\""
                + requestId()
                + "\",\"error\":\"\",\"message\":\"\"}");
      }
      String response =
          switch (request.path()) {
            case "/api/v2/product/get_item_list" -> products.list(request);
            case "/api/v2/product/get_item_base_info" -> products.baseInfo(request);
            case "/api/v2/product/get_item_extra_info" -> products.extraInfo(request);
            case "/api/v2/product/get_model_list" -> products.models(request);
            case "/api/v2/product/get_category" -> products.categories();
            case "/api/v2/order/get_order_list" -> orders.list(request);
            case "/api/v2/order/get_order_detail" -> orders.details(request);
            default -> throw new Refusal(404, "error_not_found", "Wrong path", "no such path");
          };
      return ApiAnswer.accepted(
          "{\"error\":\"\",\"message\":\"\",\"warning\":\"\",\"request_id\":\""
              + requestId()
              + "\",\"response\":"
              + response
              + "}");
    } catch (Refusal refusal) {
      return ApiAnswer.refused(
          refusal.status(), error(refusal.code(), refusal.getMessage()), refusal.reason());
    }
  }

  @Override
  public ApiAnswer limited(long waitMillis) {
    return ApiAnswer.limited(
        200, error("error_rate_limit", "Too many requests. Please try again later."), "quota");
  }

  @Override
  public ApiAnswer exhausted(long waitMillis) {
    return ApiAnswer.limited(
        200,
        error(
            "error_limit",
            "You have reached the daily API call limit. Please try again after 00:00 (UTC+08:00)."),
        "daily quota");
  }

  @Override
  public ApiAnswer failed() {
    return ApiAnswer.refused(
        200, error("error_server", "Something wrong. Please try later."), "internal error");
  }

  private void check(ApiRequest request, boolean token) {
    String partner = required(request, "partner_id");
    if (!partner.equals(setting.credentials().get("partner_id"))) {
      throw new Refusal(403, "invalid_partner_id", "Invalid partner_id", "unknown partner_id");
    }
    String stamp = required(request, "timestamp");
    if (!stamp.matches("[0-9]{10}")
        || Math.abs(setting.clock().instant().getEpochSecond() - Long.parseLong(stamp))
            > SKEW_SECONDS) {
      throw new Refusal(
          403, "error_param", "Invalid timestamp", "timestamp is not within 300 s, in seconds");
    }
    String access = token ? "" : required(request, "access_token");
    String shop = token ? "" : required(request, "shop_id");
    String expected =
        Signing.shopee(
            setting.credentials().get("partner_key"), partner, request.path(), stamp, access, shop);
    if (!Signing.same(expected, required(request, "sign"))) {
      throw new Refusal(
          403, "error_sign", "Wrong sign.", "the signature is not that of this request");
    }
    if (token) {
      return;
    }
    if (!shop.equals(setting.credentials().get("shop_id"))) {
      throw new Refusal(403, "error_auth", "Invalid shop_id", "unknown shop_id");
    }
    TokenMint.Verdict verdict = setting.mint().check(ShopeeTokens.ACCESS, access);
    if (verdict != TokenMint.Verdict.VALID) {
      throw new Refusal(
          403, "invalid_acceess_token", "Invalid access_token", "access token " + verdict);
    }
  }

  private static String required(ApiRequest request, String name) {
    return request
        .parameter(name)
        .orElseThrow(() -> bad("There is no " + name + " in query.", "no " + name));
  }

  static Refusal bad(String message, String reason) {
    return new Refusal(200, "error_param", message, reason);
  }

  private String error(String code, String message) {
    return JsonText.object(JsonText.Style.COMPACT)
        .put("error", code)
        .put("message", message)
        .put("request_id", requestId())
        .end();
  }

  private String requestId() {
    return "e3e3e7f3" + Long.toHexString(requests.incrementAndGet());
  }
}
