package vn.phusa.pipelines.io.marketplace.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.marketplace.http.MarketplaceException;
import vn.phusa.pipelines.io.marketplace.http.UninterruptibleTask;
import vn.phusa.pipelines.io.marketplace.limit.ExtractionPausedException;
import vn.phusa.pipelines.io.marketplace.limit.WaitBudget;
import vn.phusa.pipelines.io.marketplace.spec.Marketplace;

/**
 * A platform's token as all processes use it. Whoever finds it old renews it, one at a time; the
 * new one is stored before it is used.
 *
 * <p>A refresh token works once. When nobody knows whether it was used (a crash, a cut connection),
 * the access token serves as long as it lives; then the refresh token is tried once more, and if
 * the platform refuses it, a person has to give the authorisation anew.
 */
public final class TokenRenewal {
  private static final Logger LOG = LoggerFactory.getLogger(TokenRenewal.class);
  private static final Duration POLL = Duration.ofMillis(100);

  /** One may be used before all of the platform's machines know it. */
  private static final int MAX_REFUSED_FRESH = 2;

  private final String platform;
  private final TokenStore store;
  private final TokenSource source;
  private final Duration lease;
  private final Marketplace.Retries retries;
  private final Clock clock;
  private final WaitBudget.Sleeper sleeper;
  private final String owner = UUID.randomUUID().toString();
  private @Nullable Token current;

  /** A token that was made here and of which no request has shown yet whether it is good. */
  private @Nullable Token unproven;

  /** How many tokens in a row were refused as soon as they were made. */
  private int refusedFresh;

  /** Ends the extraction: requests that wait for the same token do not try it all again. */
  private @Nullable MarketplaceException failure;

  /**
   * @param lease longer than a call of a token takes
   * @param retries how often a token is asked for before it is given up
   */
  TokenRenewal(
      String platform,
      TokenStore store,
      TokenSource source,
      Duration lease,
      Marketplace.Retries retries,
      Clock clock,
      WaitBudget.Sleeper sleeper) {
    this.platform = platform;
    this.store = store;
    this.source = source;
    this.lease = lease;
    this.retries = retries;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /**
   * The token to be used now.
   *
   * @throws MarketplaceException if there is none and none can be got
   * @throws ExtractionPausedException if the platform's limits exceed the wait budget
   */
  public synchronized Token current() throws InterruptedException {
    if (current != null && clock.instant().isBefore(current.renewAt())) {
      return current;
    }
    return renewed(null);
  }

  /** Says that the platform did not refuse a token. */
  public synchronized void accepted(Token token) {
    if (token.equals(unproven)) {
      unproven = null;
      refusedFresh = 0;
    }
  }

  /**
   * Says that the platform refused a token; the next one is another.
   *
   * @throws MarketplaceException if it refuses tokens as soon as it has made them, or no other can
   *     be got
   */
  public synchronized void refused(Token token, String problem) throws InterruptedException {
    if (current == null || !current.access().equals(token.access())) {
      return;
    }
    if (token.equals(unproven) && ++refusedFresh >= MAX_REFUSED_FRESH) {
      throw wrongCredentials(platform, problem);
    }
    current = null;
    renewed(token.access());
  }

  public static MarketplaceException wrongCredentials(String platform, String problem) {
    return MarketplaceException.lasting(
        platform + ": it does not accept our credentials: " + problem);
  }

  private Token renewed(@Nullable String refused) throws InterruptedException {
    if (failure != null) {
      throw failure;
    }
    try {
      current = storedOrRenewed(refused);
      return current;
    } catch (MarketplaceException e) {
      failure = e;
      throw e;
    }
  }

  private Token storedOrRenewed(@Nullable String refused) throws InterruptedException {
    Instant asked = clock.instant();
    Duration waitBudget = lease.multipliedBy(retries.attempts());
    Instant deadline = asked.plus(waitBudget);
    while (true) {
      TokenStore.Stored stored = store.load();
      Token token = stored.token();
      if (isGood(token, refused) && clock.instant().isBefore(token.renewAt())) {
        return token;
      }
      // Another part of the platform tried it all while this one waited.
      if (stored.failure() != null && stored.failure().at().isAfter(asked)) {
        throw noToken(stored.failure().problem());
      }
      if (store.lease(owner, lease)) {
        try {
          return underLease(refused);
        } catch (RenewedElsewhereException e) {
          LOG.info("{}: another process renews the token", platform);
          // It has just been at it, however long the platform's limit was waited for here.
          deadline = clock.instant().plus(waitBudget);
        } finally {
          store.release(owner);
        }
      }
      if (isGood(token, refused)) {
        return token;
      }
      if (clock.instant().isAfter(deadline)) {
        throw MarketplaceException.passing(
            platform + ": another process has been renewing the access token for too long");
      }
      sleeper.sleep(POLL);
    }
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
    if (isGood && clock.instant().isBefore(old.renewAt())) {
      return old;
    }
    if (isGood && stored.isInDoubt()) {
      return serving(old);
    }
    for (int attempt = 1; ; attempt++) {
      try {
        Token fresh = attempt(old);
        unproven = fresh;
        return fresh;
      } catch (TokenSource.TokenNotGivenException e) {
        LOG.info("{}: no token was given: {}", platform, e.getMessage());
        if (attempt >= retries.attempts() && e.isLimited()) {
          throw new ExtractionPausedException(
              "continues next time: " + platform + " says " + e.getMessage());
        }
        if (isGood) {
          return serving(old);
        }
        beforeNext(attempt, e.getMessage());
      } catch (TokenSource.TokenInDoubtException e) {
        LOG.info("{}: the call of a token has no clear answer: {}", platform, e.getMessage());
        if (isGood) {
          return serving(old);
        }
        beforeNext(attempt, e.getMessage());
      }
    }
  }

  /** An old token that serves for want of a new one: not every request asks for that one first. */
  private Token serving(Token old) {
    return old.renewedNotBefore(clock.instant().plus(retries.longest()));
  }

  /** One call of a token; an intention is left only where it may have been used up. */
  private Token attempt(@Nullable Token old) throws InterruptedException {
    boolean wasInDoubt = store.load().isInDoubt();
    try {
      return UninterruptibleTask.call(
          platform + "-token",
          begun -> {
            Token fresh =
                source.get(
                    old,
                    () -> {
                      begun.run();
                      beforeSending(old, wasInDoubt);
                    });
            store.save(fresh);
            return fresh;
          });
    } catch (TokenSource.TokenNotGivenException e) {
      if (!wasInDoubt) {
        store.withdraw();
      }
      throw e;
    } catch (TokenSource.TokenRefusedException e) {
      throw MarketplaceException.lasting(
          platform
              + ": its authorisation must be given anew: the call of a token was refused ("
              + e.getMessage()
              + ")");
    }
  }

  /**
   * Checks again whether it is for this process to renew the token: the platform's limit may have
   * been waited for longer than the lease lasts.
   */
  private void beforeSending(@Nullable Token old, boolean wasInDoubt) {
    if (!store.lease(owner, lease)) {
      throw new RenewedElsewhereException();
    }
    TokenStore.Stored stored = store.load();
    if (!Objects.equals(stored.token(), old) || stored.isInDoubt() != wasInDoubt) {
      throw new RenewedElsewhereException();
    }
    if (!source.isRepeatable()) {
      store.intend();
    }
  }

  /** The lease ran out, and another process took it. */
  private static final class RenewedElsewhereException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void beforeNext(int attempt, String problem) throws InterruptedException {
    if (attempt >= retries.attempts()) {
      store.failed(problem);
      throw noToken(problem);
    }
    Duration delay = retries.delay(attempt);
    store.lease(owner, lease.plus(delay));
    sleeper.sleep(delay);
  }

  private MarketplaceException noToken(String problem) {
    return MarketplaceException.passing(platform + ": no access token could be got: " + problem);
  }
}
