package vn.phusa.pipelines.io.marketplace;

import java.time.Instant;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Puts into a request what proves who sends it. */
@FunctionalInterface
interface Signer {
  /**
   * @param token null where there is none
   * @param now the time that the request is to say
   */
  HttpCall sign(HttpCall call, @Nullable Token token, Instant now);
}
