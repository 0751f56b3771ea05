package vn.phusa.runners.simulator.tiki;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.phusa.runners.simulator.auth.PlatformCredentials;
import vn.phusa.runners.simulator.auth.Signing;
import vn.phusa.runners.simulator.auth.TokenMint;
import vn.phusa.runners.simulator.core.ContractSetting;
import vn.phusa.runners.simulator.core.JsonText;
import vn.phusa.runners.simulator.http.ApiAnswer;
import vn.phusa.runners.simulator.http.ApiRequest;
import vn.phusa.runners.simulator.http.PlatformContract;
import vn.phusa.runners.simulator.http.Refusal;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;

/** Tiki: OAuth 2.0 with client credentials, and HTTP statuses that mean what they say. */
public final class TikiContract implements PlatformContract {
  private static final String TOKEN_PATH = "/sc/oauth2/token";
  private static final String ACCESS = "access";
  private static final String ORDERS = "/integration/v2/orders";
  private static final String PRODUCTS = "/integration/v2/products";
  private static final String CATEGORIES = "/integration/v2/categories";
  private static final Pattern ONE =
      Pattern.compile("/integration/v2/(products|orders)/([0-9A-Za-z]+)");

  private final ContractSetting setting;
  private final TikiLists lists;

  public TikiContract(ContractSetting setting, TikiRendering rendering) {
    this.setting = setting;
    this.lists = new TikiLists(setting, rendering);
  }

  @Override
  public boolean givesTokens(String path) {
    return path.equals(TOKEN_PATH);
  }

  @Override
  public boolean givesPages(String path) {
    return path.equals(ORDERS) || path.equals(PRODUCTS);
  }

  @Override
  public ApiAnswer answer(ApiRequest request) {
    if (givesTokens(request.path())) {
      return token(request);
    }
    try {
      String token =
          request.bearer().orElseThrow(() -> refusal(401, "Unauthorized", "no bearer token"));
      TokenMint.Verdict verdict = setting.mint().check(ACCESS, token);
      if (verdict != TokenMint.Verdict.VALID) {
        throw refusal(401, "Token is invalid or expired", "access token " + verdict);
      }
      if (!request.method().equals("GET")) {
        throw refusal(405, "Method not allowed", request.method());
      }
      return ApiAnswer.accepted(found(request));
    } catch (Refusal refusal) {
      return ApiAnswer.refused(refusal.status(), error(refusal.getMessage()), refusal.reason());
    }
  }

  private String found(ApiRequest request) {
    switch (request.path()) {
      case PRODUCTS:
        return lists.products(request);
      case ORDERS:
        return lists.orders(request);
      case CATEGORIES:
        return lists.categories(request);
      default:
        Matcher one = ONE.matcher(request.path());
        if (!one.matches()) {
          throw refusal(404, "Not found", "no such path");
        }
        return one.group(1).equals("orders")
            ? lists.order(one.group(2))
            : lists.product(one.group(2), request);
    }
  }

  private ApiAnswer token(ApiRequest request) {
    if (!request.method().equals("POST")
        || !request.contentType().orElse("").startsWith("application/x-www-form-urlencoded")) {
      return oauthError(400, "invalid_request", "no form was posted");
    }
    Map<String, List<String>> form = ApiRequest.parsed(request.body());
    if (!isClient(request, form)) {
      return oauthError(401, "invalid_client", "client credentials are wrong");
    }
    if (!form.getOrDefault("grant_type", List.of()).equals(List.of("client_credentials"))) {
      return oauthError(400, "unsupported_grant_type", "grant_type");
    }
    Duration life = setting.limits().accessTokenLife().get(SimulatedPlatform.TIKI);
    return ApiAnswer.accepted(
        JsonText.object(JsonText.Style.COMPACT)
            .put("access_token", setting.mint().issue(ACCESS, life))
            .put("expires_in", life.toSeconds())
            .put("scope", "")
            .put("token_type", "bearer")
            .end());
  }

  private boolean isClient(ApiRequest request, Map<String, List<String>> form) {
    String given;
    if (request.authorization().isPresent()) {
      String header = request.authorization().orElseThrow();
      if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
        return false;
      }
      try {
        byte[] decoded = Base64.getDecoder().decode(header.substring(6).strip());
        given = new String(decoded, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return false;
      }
    } else {
      given =
          String.join("", form.getOrDefault("client_id", List.of()))
              + ":"
              + String.join("", form.getOrDefault("client_secret", List.of()));
    }
    PlatformCredentials known = setting.credentials();
    return Signing.same(known.get("client_id") + ":" + known.get("client_secret"), given);
  }

  private static ApiAnswer oauthError(int status, String code, String reason) {
    String body =
        JsonText.object(JsonText.Style.COMPACT)
            .put("error", code)
            .put("error_description", reason)
            .end();
    return ApiAnswer.refused(status, body, code + ": " + reason);
  }

  @Override
  public ApiAnswer limited(long waitMillis) {
    return tooMany(waitMillis, "quota");
  }

  @Override
  public ApiAnswer exhausted(long waitMillis) {
    return tooMany(waitMillis, "daily quota");
  }

  @Override
  public ApiAnswer failed() {
    return ApiAnswer.refused(500, error("Internal server error"), "internal error");
  }

  private static ApiAnswer tooMany(long waitMillis, String reason) {
    return ApiAnswer.limited(
            429, error("Current rate limit is 200 request / per second / per seller"), reason)
        .withHeader("Retry-After", Long.toString((waitMillis + 999) / 1000));
  }

  static Refusal refusal(int status, String message, String reason) {
    return new Refusal(status, Integer.toString(status), message, reason);
  }

  private static String error(String message) {
    return JsonText.object(JsonText.Style.COMPACT)
        .openArray("errors")
        .add(message)
        .closeArray()
        .end();
  }
}
