package vn.phusa.pipelines.io.marketplace.auth;

import java.time.Instant;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a platform lets us in with. Its text form shows nothing.
 *
 * @param access stands in requests
 * @param refresh gets the next one, once; null where there is none
 * @param renewAt when it is time to get the next one
 * @param expiresAt when it ends
 */
public record Token(String access, @Nullable String refresh, Instant renewAt, Instant expiresAt) {
  private static final int LIVED_PERCENT = 80;

  /** A token that lives from now for so many seconds. */
  static Token living(String access, @Nullable String refresh, Instant now, long seconds) {
    return new Token(
        access, refresh, now.plusMillis(seconds * 10 * LIVED_PERCENT), now.plusSeconds(seconds));
  }

  /** The same, to be renewed no sooner than then, as long as it lives. */
  Token renewedNotBefore(Instant time) {
    return new Token(access, refresh, time.isBefore(expiresAt) ? time : expiresAt, expiresAt);
  }

  @Override
  public String toString() {
    return "Token";
  }
}
