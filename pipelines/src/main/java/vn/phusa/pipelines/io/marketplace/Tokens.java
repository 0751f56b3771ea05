package vn.phusa.pipelines.io.marketplace;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A platform's token as all processes use it. Whoever finds it old renews it, one at a time; the
 * new one is stored before it is used.
 *
 * <p>A refresh token works once. When nobody knows whether it was used (a crash, a cut connection),
 * the access token serves as long as it lives; then the refresh token is tried once more, and if
 * the platform refuses it, a person has to give the authorisation anew.
 */
final class Tokens {
  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final String platform;
  private final TokenStore store;
  private final TokenSource source;
  private final Duration lease;
  private final int attempts;
  private final Clock clock;
  private final Patience.Sleeper sleeper;
  private final String owner = UUID.randomUUID().toString();
  private @Nullable Token current;

  /**
   * @param lease longer than a call of a token takes
   * @param attempts how often a token is asked for before it is given up
   */
  Tokens(
      String platform,
      TokenStore store,
      TokenSource source,
      Duration lease,
      int attempts,
      Clock clock,
      Patience.Sleeper sleeper) {
    this.platform = platform;
    this.store = store;
    this.source = source;
    this.lease = lease;
    this.attempts = attempts;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /**
   * The token to be used now.
   *
   * @throws MarketplaceException if there is none and none can be got
   */
  synchronized Token current() throws InterruptedException {
    if (current != null && clock.instant().isBefore(current.renewAt())) {
      return current;
    }
    return renewed(null);
  }

  /** Says that the platform refused a token; the next one is another. */
  synchronized void refused(Token token) throws InterruptedException {
    if (current != null && current.access().equals(token.access())) {
      current = null;
      renewed(token.access());
    }
  }

  private Token renewed(@Nullable String refused) throws InterruptedException {
    Instant deadline = clock.instant().plus(lease.multipliedBy(2));
    while (true) {
      Token stored = store.load().token();
      if (isGood(stored, refused) && clock.instant().isBefore(stored.renewAt())) {
        return use(stored);
      }
      if (store.lease(owner, lease)) {
        try {
          return use(underLease(refused));
        } finally {
          store.release(owner);
        }
      }
      if (isGood(stored, refused)) {
        return use(stored);
      }
      if (clock.instant().isAfter(deadline)) {
        throw MarketplaceException.passing(
            platform + ": another process has been renewing the access token for too long");
      }
      sleeper.sleep(POLL);
    }
  }

  private Token use(Token token) {
    current = token;
    return token;
  }

  /** Whether it can be used, though it may be time to renew it. */
  private boolean isGood(@Nullable Token token, @Nullable String refused) {
    return token != null
        && !token.access().equals(refused)
        && clock.instant().isBefore(token.expiresAt());
  }

  private Token underLease(@Nullable String refused) throws InterruptedException {
    TokenStore.Stored stored = store.load();
    Token old = stored.token();
    boolean isGood = isGood(old, refused);
    if (isGood && (clock.instant().isBefore(old.renewAt()) || stored.isInDoubt())) {
      return old;
    }
    for (int attempt = 1; ; attempt++) {
      if (!source.isRepeatable()) {
        store.intend();
      }
      try {
        Token fresh = source.get(old);
        store.save(fresh);
        return fresh;
      } catch (PausedException e) {
        store.withdraw();
        throw e;
      } catch (TokenSource.TokenRefusedException e) {
        throw MarketplaceException.lasting(
            platform
                + ": its authorisation must be given anew: the call of a token was refused ("
                + e.getMessage()
                + ")");
      } catch (TokenSource.TokenInDoubtException e) {
        LOG.info("{}: the call of a token has no clear answer: {}", platform, e.getMessage());
        if (isGood) {
          return old;
        }
        if (attempt >= attempts) {
          throw MarketplaceException.passing(
              platform + ": no access token could be got: " + e.getMessage());
        }
        sleeper.sleep(POLL.multipliedBy(1L << Math.min(attempt, 6)));
        store.lease(owner, lease);
      }
    }
  }
}
