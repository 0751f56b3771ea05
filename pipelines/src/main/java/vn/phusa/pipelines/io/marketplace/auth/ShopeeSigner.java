package vn.phusa.pipelines.io.marketplace.auth;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.http.HttpCall;

/**
 * Shopee's signature: HMAC-SHA256 over partner, path, timestamp, and for a shop's calls its token
 * and id, in lower-case hex (open.shopee.com, "Sign calculation").
 */
final class ShopeeSigner implements Signer {
  private final String partnerId;
  private final String partnerKey;
  private final String shopId;
  private final String signedPrefix;

  /**
   * @param signedPrefix what stands before the path where it is signed
   */
  ShopeeSigner(String partnerId, String partnerKey, String shopId, String signedPrefix) {
    this.partnerId = partnerId;
    this.partnerKey = partnerKey;
    this.shopId = shopId;
    this.signedPrefix = signedPrefix;
  }

  @Override
  public HttpCall sign(HttpCall call, @Nullable Token token, Instant now) {
    String timestamp = Long.toString(now.getEpochSecond());
    List<HttpCall.Parameter> common = new ArrayList<>();
    common.add(new HttpCall.Parameter("partner_id", partnerId));
    common.add(new HttpCall.Parameter("timestamp", timestamp));
    String text = partnerId + signedPrefix + call.path() + timestamp;
    if (token != null) {
      common.add(new HttpCall.Parameter("access_token", token.access()));
      common.add(new HttpCall.Parameter("shop_id", shopId));
      text += token.access() + shopId;
    }
    common.add(new HttpCall.Parameter("sign", signature(partnerKey, text)));
    return call.with(common);
  }

  static String signature(String key, String text) {
    return Hashing.hmacSha256(key.getBytes(StandardCharsets.UTF_8))
        .hashString(text, StandardCharsets.UTF_8)
        .toString();
  }
}
