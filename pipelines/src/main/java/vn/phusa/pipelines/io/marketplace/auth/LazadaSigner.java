package vn.phusa.pipelines.io.marketplace.auth;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.http.HttpCall;

/**
 * Lazada's signature: HMAC-SHA256 over the path and all parameters in the order of their names, in
 * upper-case hex (open.lazada.com, "Signature algorithm").
 */
final class LazadaSigner implements Signer {
  private final String appKey;
  private final String appSecret;

  LazadaSigner(String appKey, String appSecret) {
    this.appKey = appKey;
    this.appSecret = appSecret;
  }

  @Override
  public HttpCall sign(HttpCall call, @Nullable Token token, Instant now) {
    List<HttpCall.Parameter> system = new ArrayList<>();
    system.add(new HttpCall.Parameter("app_key", appKey));
    system.add(new HttpCall.Parameter("timestamp", Long.toString(now.toEpochMilli())));
    system.add(new HttpCall.Parameter("sign_method", "sha256"));
    if (token != null) {
      system.add(new HttpCall.Parameter("access_token", token.access()));
    }
    HttpCall whole = call.with(system);
    return whole.with(
        List.of(
            new HttpCall.Parameter(
                "sign", signature(appSecret, whole.path(), whole.query(), whole.body()))));
  }

  /** The signature of a request; parameters without a name or a value do not count. */
  static String signature(
      String secret, String path, List<HttpCall.Parameter> parameters, byte @Nullable [] body) {
    StringBuilder text = new StringBuilder(path);
    parameters.stream()
        .filter(p -> !p.name().isEmpty() && !p.value().isEmpty())
        .sorted(Comparator.comparing(HttpCall.Parameter::name))
        .forEach(p -> text.append(p.name()).append(p.value()));
    if (body != null) {
      text.append(new String(body, StandardCharsets.UTF_8));
    }
    HashCode hash =
        Hashing.hmacSha256(secret.getBytes(StandardCharsets.UTF_8))
            .hashString(text, StandardCharsets.UTF_8);
    return hash.toString().toUpperCase(Locale.ROOT);
  }
}
