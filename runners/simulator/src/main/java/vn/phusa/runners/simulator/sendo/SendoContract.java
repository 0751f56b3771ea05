package vn.phusa.runners.simulator.sendo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import vn.phusa.runners.simulator.auth.PlatformCredentials;
import vn.phusa.runners.simulator.auth.Signing;
import vn.phusa.runners.simulator.auth.TokenMint;
import vn.phusa.runners.simulator.core.ContractSetting;
import vn.phusa.runners.simulator.core.JsonText;
import vn.phusa.runners.simulator.core.LocalTimes;
import vn.phusa.runners.simulator.fault.SlidingQuota;
import vn.phusa.runners.simulator.http.ApiAnswer;
import vn.phusa.runners.simulator.http.ApiRequest;
import vn.phusa.runners.simulator.http.PlatformContract;
import vn.phusa.runners.simulator.http.Refusal;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;

/** Sendo: a login token, of which the newest alone is good; searches by POST. */
public final class SendoContract implements PlatformContract {
  private static final String LOGIN = "/login";
  private static final String ACCESS = "access";
  private static final String ORDER = "/api/partner/salesorder/";
  private static final int LOGINS_PER_SECOND = 5;

  private final ContractSetting setting;
  private final SendoLists lists;
  private final SlidingQuota logins;
  private final AtomicReference<String> newest = new AtomicReference<>();

  public SendoContract(ContractSetting setting, SendoRendering rendering) {
    this.setting = setting;
    this.lists = new SendoLists(setting, rendering);
    this.logins = new SlidingQuota(LOGINS_PER_SECOND, Duration.ofSeconds(1), setting.clock());
  }

  @Override
  public boolean givesTokens(String path) {
    return path.equals(LOGIN);
  }

  @Override
  public boolean givesPages(String path) {
    return path.startsWith("/api/partner/") && path.endsWith("/search");
  }

  @Override
  public ApiAnswer answer(ApiRequest request) {
    try {
      if (givesTokens(request.path())) {
        method(request, "POST");
        return login(request);
      }
      String token =
          request.bearer().orElseThrow(() -> refusal(401, "Unauthorized", "no bearer token"));
      TokenMint.Verdict verdict = setting.mint().check(ACCESS, token);
      if (verdict == TokenMint.Verdict.EXPIRED) {
        return ApiAnswer.refused(401, "{\"exp\":\"token expired\"}", "401: access token EXPIRED");
      }
      String latest = newest.get();
      if (verdict != TokenMint.Verdict.VALID || (latest != null && !latest.equals(token))) {
        throw refusal(401, "Unauthorized", "access token unknown, or not the newest");
      }
      return ApiAnswer.accepted(envelope(result(request)));
    } catch (Refusal refusal) {
      return ApiAnswer.refused(
          refusal.status(), error(refusal.status(), refusal.getMessage()), refusal.reason());
    }
  }

  private String result(ApiRequest request) {
    String path = request.path();
    switch (path) {
      case "/api/partner/product/search":
        method(request, "POST");
        return lists.products(request);
      case "/api/partner/salesorder/search":
        method(request, "POST");
        return lists.orders(request);
      case "/api/partner/product":
        method(request, "GET");
        return lists.product(request);
      case "/api/partner/category/0":
        method(request, "GET");
        return SendoLists.categories();
      default:
        if (!path.startsWith(ORDER)) {
          throw refusal(404, "Not found", "no such path");
        }
        method(request, "GET");
        return lists.order(path.substring(ORDER.length()));
    }
  }

  private ApiAnswer login(ApiRequest request) {
    long wait = logins.take();
    if (wait > 0) {
      return ApiAnswer.limited(429, error(429, "Too many requests"), "logins per second");
    }
    JsonNode body = request.json(() -> refusal(400, "Bad request", "no JSON object"));
    PlatformCredentials known = setting.credentials();
    if (!Signing.same(known.get("shop_key"), body.path("shop_key").asText())
        || !Signing.same(known.get("secret_key"), body.path("secret_key").asText())) {
      throw refusal(401, "shop_key or secret_key is incorrect", "login with wrong keys");
    }
    Duration life = setting.limits().accessTokenLife().get(SimulatedPlatform.SENDO);
    String token = setting.mint().issue(ACCESS, life);
    newest.set(token);
    Instant end = setting.clock().instant().plus(life);
    return ApiAnswer.accepted(
        envelope(
            JsonText.object(JsonText.Style.COMPACT)
                .put("token", token)
                .put("expires", LocalTimes.plain(end.getEpochSecond()).replace(' ', 'T') + "+07:00")
                .end()));
  }

  private static void method(ApiRequest request, String method) {
    if (!request.method().equals(method)) {
      throw refusal(405, "Method not allowed", request.method());
    }
  }

  @Override
  public ApiAnswer limited(long waitMillis) {
    return ApiAnswer.limited(429, error(429, "Too many requests"), "quota");
  }

  @Override
  public ApiAnswer exhausted(long waitMillis) {
    return ApiAnswer.limited(429, error(429, "Too many requests"), "daily quota")
        .withHeader("Retry-After", Long.toString((waitMillis + 999) / 1000));
  }

  @Override
  public ApiAnswer failed() {
    return ApiAnswer.refused(200, error(500, "Internal server error"), "internal error");
  }

  static Refusal refusal(int status, String message, String reason) {
    return new Refusal(status, Integer.toString(status), message, reason);
  }

  private static String envelope(String result) {
    return "{\"result\":" + result + ",\"success\":true,\"error\":null,\"status_code\":200}";
  }

  private static String error(int status, String message) {
    return JsonText.object(JsonText.Style.COMPACT)
        .putNull("result")
        .put("success", false)
        .openObject("error")
        .put("message", message)
        .closeObject()
        .put("status_code", status)
        .end();
  }
}
