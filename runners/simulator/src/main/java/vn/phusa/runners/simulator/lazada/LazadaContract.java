package vn.phusa.runners.simulator.lazada;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import vn.phusa.runners.simulator.auth.Signing;
import vn.phusa.runners.simulator.core.ContractSetting;
import vn.phusa.runners.simulator.core.JsonText;
import vn.phusa.runners.simulator.http.ApiAnswer;
import vn.phusa.runners.simulator.http.ApiRequest;
import vn.phusa.runners.simulator.http.PlatformContract;
import vn.phusa.runners.simulator.http.Refusal;

/** Lazada: signed requests, and HTTP 200 also for errors. */
public final class LazadaContract implements PlatformContract {
  private static final String REST = "/rest";
  private static final long SKEW_MILLIS = 7_200_000;
  private static final Set<String> TOKEN_PATHS =
      Set.of("/rest/auth/token/create", "/rest/auth/token/refresh");
  private static final Set<String> LIST_PATHS = Set.of("/rest/products/get", "/rest/orders/get");

  private final ContractSetting setting;
  private final LazadaTokens tokens;
  private final LazadaProducts products;
  private final LazadaOrders orders;
  private final AtomicLong requests = new AtomicLong();

  public LazadaContract(ContractSetting setting, LazadaRendering rendering) {
    this.setting = setting;
    this.tokens = new LazadaTokens(setting);
    this.products = new LazadaProducts(setting, rendering);
    this.orders = new LazadaOrders(setting, rendering);
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
      checkSignature(request);
      if (!token) {
        checkAccess(request);
      }
      if (!request.method().equals("GET")) {
        throw isp("InvalidMethod", "The request method is not supported", request.method());
      }
      String content =
          switch (request.path()) {
            case "/rest/auth/token/create" -> tokens.create(request);
            case "/rest/auth/token/refresh" -> tokens.refresh(request);
            case "/rest/products/get" -> data(products.list(request));
            case "/rest/product/item/get" -> data(products.one(request));
            case "/rest/category/tree/get" -> data(products.categories());
            case "/rest/orders/get" -> data(orders.list(request));
            case "/rest/order/get" -> data(orders.one(request));
            case "/rest/order/items/get" -> data(orders.items(request));
            case "/rest/orders/items/get" -> data(orders.itemsOfMany(request));
            default ->
                throw isp("InvalidApiPath", "The specified API path is invalid", "no such path");
          };
      return ApiAnswer.accepted(
          "{" + content + ",\"code\":\"0\",\"request_id\":\"" + requestId() + "\"}");
    } catch (Refusal refusal) {
      String type = refusal.code().matches("[0-9]+") ? "ISV" : "ISP";
      return ApiAnswer.refused(
          200, error(type, refusal.code(), refusal.getMessage()), refusal.reason());
    }
  }

  @Override
  public ApiAnswer limited(long waitMillis) {
    if (requests.get() % 2 == 0) {
      return ApiAnswer.limited(
          200,
          error("ISP", "901", "E901: Limit service request speed in server side temporarily."),
          "quota");
    }
    return ban(waitMillis, "quota");
  }

  @Override
  public ApiAnswer exhausted(long waitMillis) {
    return ban(waitMillis, "daily quota");
  }

  @Override
  public ApiAnswer failed() {
    return ApiAnswer.refused(
        200, error("SYSTEM", "6", "E006: Unexpected internal error"), "internal error");
  }

  private ApiAnswer ban(long waitMillis, String reason) {
    String message =
        "Api access frequency exceeds the limit. this ban will last "
            + (waitMillis + 999) / 1000
            + " seconds";
    return ApiAnswer.limited(200, error("ISP", "ApiCallLimit", message), reason);
  }

  private void checkSignature(ApiRequest request) {
    for (String name : new String[] {"app_key", "timestamp", "sign_method", "sign"}) {
      if (request.parameter(name).isEmpty()) {
        throw isp(
            "MissingParameter",
            "The input parameter \""
                + name
                + "\" that is mandatory for processing this request is"
                + " not supplied",
            name);
      }
    }
    if (!request.parameter("app_key").orElseThrow().equals(setting.credentials().get("app_key"))) {
      throw isp("InvalidAppKey", "The specified App Key is invalid", "unknown app_key");
    }
    if (!request.parameter("sign_method").orElseThrow().equals("sha256")) {
      throw isp("InvalidSignMethod", "The sign method is invalid", "sign_method");
    }
    String stamp = request.parameter("timestamp").orElseThrow();
    if (!stamp.matches("[0-9]{13}")
        || Math.abs(setting.clock().millis() - Long.parseLong(stamp)) > SKEW_MILLIS) {
      throw isp(
          "IllegalTimestamp",
          "The specified timestamp is not within the effective time range",
          "timestamp is not within 7200 s, in milliseconds");
    }
    Map<String, String> parameters = new HashMap<>();
    request.parameters().forEach((name, values) -> parameters.put(name, values.get(0)));
    String path =
        request.path().startsWith(REST) ? request.path().substring(REST.length()) : request.path();
    String expected = Signing.lazada(setting.credentials().get("app_secret"), path, parameters);
    if (!Signing.same(expected, request.parameter("sign").orElseThrow())) {
      throw isp(
          "IncompleteSignature",
          "The request signature does not conform to lazop standards",
          "the signature is not that of these parameters and this path");
    }
  }

  private void checkAccess(ApiRequest request) {
    String token =
        request
            .parameter("access_token")
            .orElseThrow(
                () -> isp("MissingParameter", "access_token is not supplied", "access_token"));
    switch (setting.mint().check(LazadaTokens.ACCESS, token)) {
      case VALID -> {}
      case EXPIRED ->
          throw isp("AccessTokenExpired", "The access token expired", "access token expired");
      default ->
          throw isp(
              "IllegalAccessToken",
              "The specified access token is invalid or expired",
              "unknown access token");
    }
  }

  static Refusal isp(String code, String message, String reason) {
    return new Refusal(200, code, message, reason);
  }

  private static String data(String text) {
    return "\"data\":" + text;
  }

  private String error(String type, String code, String message) {
    return JsonText.object(JsonText.Style.COMPACT)
        .put("code", code)
        .put("type", type)
        .put("message", message)
        .put("request_id", requestId())
        .end();
  }

  private String requestId() {
    long number = requests.incrementAndGet();
    return "0b"
        + BigInteger.valueOf(1_000_000_007L).multiply(BigInteger.valueOf(number)).toString(16);
  }
}
