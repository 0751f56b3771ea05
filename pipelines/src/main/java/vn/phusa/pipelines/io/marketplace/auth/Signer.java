package vn.phusa.pipelines.io.marketplace.auth;

import java.time.Instant;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.http.HttpCall;

/**
 * Puts into a request what proves who sends it, before each sending by {@code MarketplaceClient};
 * {@link ShopeeSigner} and {@link LazadaSigner} compute signatures.
 */
@FunctionalInterface
public interface Signer {
  /**
   * @param token null where there is none
   * @param now the time that the request is to say
   */
  HttpCall sign(HttpCall call, @Nullable Token token, Instant now);

  /** Sends the token, where there is one, as RFC 6750 says. */
  static Signer bearer() {
    return (call, token, now) ->
        token == null ? call : call.with("Authorization", "Bearer " + token.access());
  }
}
