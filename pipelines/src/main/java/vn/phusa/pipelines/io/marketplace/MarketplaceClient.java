package vn.phusa.pipelines.io.marketplace;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a platform's requests as it wants them: signed, within its limit, again when there is a use
 * in it, and never sooner than it says.
 */
final class MarketplaceClient {
  private static final Logger LOG = LoggerFactory.getLogger(MarketplaceClient.class);

  /** The least wait where a platform says "too fast" and not for how long. */
  private static final Duration LEAST_SLOWING = Duration.ofSeconds(1);

  private final String platform;
  private final Marketplace marketplace;
  private final Transport transport;
  private final RequestPermits permits;
  private final Authentication authentication;
  private final Patience patience;
  private final Clock clock;

  MarketplaceClient(
      String platform,
      Marketplace marketplace,
      Transport transport,
      RequestPermits permits,
      Authentication authentication,
      Patience patience,
      Clock clock) {
    this.platform = platform;
    this.marketplace = marketplace;
    this.transport = transport;
    this.permits = permits;
    this.authentication = authentication;
    this.patience = patience;
    this.clock = clock;
  }

  /** The platform forgot the position in the pages. */
  static final class PagingLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PagingLostException(String message) {
      super(message, null, false, false);
    }
  }

  /** A request that may be sent again. */
  private static final class AgainException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Verdict verdict;

    AgainException(Verdict verdict) {
      super(verdict.problem(), null, false, false);
      this.verdict = verdict;
    }
  }

  /** A cutter that also cuts out what errors are known by. */
  static RecordCutter cutter(
      ErrorRules rules,
      @Nullable String records,
      Collection<String> values,
      Collection<String> recordValues) {
    List<String> all = new ArrayList<>(values);
    all.addAll(rules.expired());
    if (rules.code() != null) {
      all.add(rules.code());
    }
    if (rules.message() != null) {
      all.add(rules.message());
    }
    return new RecordCutter(records, all, recordValues);
  }

  static @Nullable Cut cutOrNull(RecordCutter cutter, byte[] answer) {
    try {
      return cutter.cut(answer);
    } catch (IOException e) {
      // What Jackson says may quote the answer.
      return null;
    }
  }

  /**
   * Sends a request until it is answered.
   *
   * @throws PausedException if the platform's limits ask for more patience than there is
   * @throws MarketplaceException if it was refused, or went wrong too often
   * @throws PagingLostException if the position in the pages is forgotten
   */
  Cut send(HttpCall call, RecordCutter cutter) throws InterruptedException {
    int[] refusals = {0};
    Marketplace.Retries retries = marketplace.retries();
    RetryPolicy<Cut> policy =
        RetryPolicy.<Cut>builder()
            .handle(AgainException.class)
            .withMaxAttempts(retries.attempts())
            .withDelayFn(context -> delay(context.getLastException(), context.getAttemptCount()))
            .build();
    try {
      return Failsafe.with(policy).get(() -> attempt(call, cutter, refusals));
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw (InterruptedException) new InterruptedException().initCause(e);
      }
      if (e.getCause() instanceof AgainException again) {
        throw givenUp(call, again.verdict);
      }
      throw e;
    }
  }

  private RuntimeException givenUp(HttpCall call, Verdict verdict) {
    return verdict.action() == ErrorRules.Class.RATELIMIT
        ? new PausedException("continues next time: " + platform + " says " + verdict.problem())
        : MarketplaceException.passing(
            platform + ": " + call + " went wrong too often, at last: " + verdict.problem());
  }

  private Cut attempt(HttpCall call, RecordCutter cutter, int[] refusals)
      throws InterruptedException, AgainException {
    Tokens tokens = authentication.tokens();
    Token token = tokens == null ? null : tokens.current();
    RequestPermits.Permit permit = permits.acquire(patience);
    HttpResponse<byte[]> answer;
    try {
      answer = transport.send(authentication.signer().sign(call, token, clock.instant()));
    } catch (IOException e) {
      throw new AgainException(
          new Verdict(ErrorRules.Class.RETRY, String.valueOf(e.getMessage()), null));
    } finally {
      permits.answered(permit);
    }
    Cut cut = cutOrNull(cutter, answer.body());
    Verdict verdict =
        Verdict.of(marketplace.errors(), answer.statusCode(), answer.headers(), cut, clock);
    switch (verdict.action()) {
      case OK -> {
        return cut;
      }
      case REFRESHTOKEN -> {
        if (token == null || refusals[0]++ > 0) {
          throw MarketplaceException.lasting(
              platform + ": it does not accept our credentials: " + verdict.problem());
        }
        tokens.refused(token);
        throw new AgainException(
            new Verdict(ErrorRules.Class.REFRESHTOKEN, verdict.problem(), clock.instant()));
      }
      case RETRY, RATELIMIT -> {
        if (verdict.until() != null) {
          permits.pause(verdict.until(), platform + ", which says " + verdict.problem());
        }
        throw new AgainException(verdict);
      }
      case QUOTA -> {
        permits.pause(verdict.until(), "the daily quota of " + platform);
        throw new PausedException(
            "continues next time: the daily quota of "
                + platform
                + " is used up until "
                + verdict.until());
      }
      case RESTARTPAGING -> throw new PagingLostException(verdict.problem());
      default ->
          throw MarketplaceException.lasting(
              platform + ": " + call + " was refused: " + verdict.problem());
    }
  }

  /** What the platform says is waited for with the permit, and must not be waited for twice. */
  private Duration delay(Throwable failure, int attempt) {
    Verdict verdict = ((AgainException) failure).verdict;
    LOG.debug("{}: trying again: {}", platform, verdict.problem());
    if (verdict.until() != null) {
      return Duration.ZERO;
    }
    Marketplace.Retries retries = marketplace.retries();
    long bound =
        Math.min(retries.longest().toMillis(), retries.first().toMillis() << Math.min(attempt, 20));
    long wait = ThreadLocalRandom.current().nextLong(bound + 1);
    if (verdict.action() == ErrorRules.Class.RATELIMIT) {
      Instant until =
          clock.instant().plusMillis(Math.max(wait, slowing(attempt, retries).toMillis()));
      permits.pause(until, platform + ", which says " + verdict.problem());
      return Duration.ZERO;
    }
    return Duration.ofMillis(wait);
  }

  /** A second, then two, then four: but not more than tests with compressed time want. */
  private static Duration slowing(int attempt, Marketplace.Retries retries) {
    Duration doubled = LEAST_SLOWING.multipliedBy(1L << Math.min(attempt, 10));
    return doubled.compareTo(retries.longest()) < 0 ? doubled : retries.longest();
  }
}
