package vn.phusa.runners.simulator.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Issues and checks tokens. A token carries its own end and a proof of who issued it, so that one
 * from before a restart is still known.
 */
public final class TokenMint {
  /** What a token turns out to be. */
  public enum Verdict {
    VALID,
    EXPIRED,
    /** It was good for one use, and has had it. */
    SPENT,
    UNKNOWN
  }

  private static final long FOREVER = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();
  private static final int PROOF = 24;

  private final String key;
  private final Clock clock;
  private final AtomicLong serial = new AtomicLong();
  private final Set<String> spent = ConcurrentHashMap.newKeySet();

  public TokenMint(String key, Clock clock) {
    this.key = key;
    this.clock = clock;
  }

  /** A token that is always the same, and has no end. */
  String initial(String kind) {
    return sealed(kind + "-0-" + FOREVER + "-0");
  }

  public String issue(String kind, Duration life) {
    long now = clock.millis();
    return sealed(
        kind + "-" + now + "-" + (now + life.toMillis()) + "-" + serial.incrementAndGet());
  }

  public Verdict check(String kind, String token) {
    int dot = token.lastIndexOf('-');
    if (dot < 0
        || !token.startsWith(kind + "-")
        || !Signing.same(sealed(token.substring(0, dot)), token)) {
      return Verdict.UNKNOWN;
    }
    if (spent.contains(token)) {
      return Verdict.SPENT;
    }
    return clock.millis() < Long.parseLong(token.split("-", -1)[2])
        ? Verdict.VALID
        : Verdict.EXPIRED;
  }

  /** Checks a token and uses it up. */
  public Verdict spend(String kind, String token) {
    Verdict verdict = check(kind, token);
    if (verdict == Verdict.VALID && !spent.add(token)) {
      return Verdict.SPENT;
    }
    return verdict;
  }

  private String sealed(String content) {
    return content + "-" + HexFormat.of().formatHex(Signing.hmac(key, content)).substring(0, PROOF);
  }
}
