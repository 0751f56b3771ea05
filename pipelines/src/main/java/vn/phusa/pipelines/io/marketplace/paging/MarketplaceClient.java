package vn.phusa.pipelines.io.marketplace.paging;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.marketplace.auth.Authentication;
import vn.phusa.pipelines.io.marketplace.auth.Token;
import vn.phusa.pipelines.io.marketplace.auth.TokenRenewal;
import vn.phusa.pipelines.io.marketplace.http.ExtractedJson;
import vn.phusa.pipelines.io.marketplace.http.HttpCall;
import vn.phusa.pipelines.io.marketplace.http.JsonRecordExtractor;
import vn.phusa.pipelines.io.marketplace.http.MarketplaceException;
import vn.phusa.pipelines.io.marketplace.http.ResponseVerdict;
import vn.phusa.pipelines.io.marketplace.http.Transport;
import vn.phusa.pipelines.io.marketplace.http.UntrustedServerException;
import vn.phusa.pipelines.io.marketplace.limit.ExtractionPausedException;
import vn.phusa.pipelines.io.marketplace.limit.RateLimit;
import vn.phusa.pipelines.io.marketplace.limit.WaitBudget;
import vn.phusa.pipelines.io.marketplace.spec.ErrorRules;
import vn.phusa.pipelines.io.marketplace.spec.Marketplace;

/**
 * Sends a platform's requests as it wants them: signed, within its limit, again when there is a use
 * in it, and never sooner than it says.
 */
public final class MarketplaceClient {
  private static final Logger LOG = LoggerFactory.getLogger(MarketplaceClient.class);

  private final String platform;
  private final Marketplace marketplace;
  private final Transport transport;
  private final RateLimit rateLimit;
  private final Authentication authentication;
  private final WaitBudget waitBudget;
  private final Clock clock;

  public MarketplaceClient(
      String platform,
      Marketplace marketplace,
      Transport transport,
      RateLimit rateLimit,
      Authentication authentication,
      WaitBudget waitBudget,
      Clock clock) {
    this.platform = platform;
    this.marketplace = marketplace;
    this.transport = transport;
    this.rateLimit = rateLimit;
    this.authentication = authentication;
    this.waitBudget = waitBudget;
    this.clock = clock;
  }

  /** The platform forgot the position in the pages. */
  public static final class PagingLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PagingLostException(String message) {
      super(message, null, false, false);
    }
  }

  /** The platform lets no offset be that great. */
  public static final class ListTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ListTooLongException(String message) {
      super(message, null, false, false);
    }
  }

  /** The platform refused the request, and will again. */
  static final class RejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RejectedException(String message) {
      super(message, null, false, false);
    }
  }

  /** A request that may be sent again. */
  private static final class AgainException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ResponseVerdict verdict;

    AgainException(ResponseVerdict verdict) {
      super(verdict.problem(), null, false, false);
      this.verdict = verdict;
    }
  }

  /**
   * Sends a request until it is answered.
   *
   * @throws ExtractionPausedException if the platform's limits exceed the wait budget
   * @throws MarketplaceException if it went wrong too often, or our credentials are not accepted
   * @throws RejectedException if it was refused
   * @throws PagingLostException if the position in the pages is forgotten
   * @throws ListTooLongException if the offset is beyond what the platform allows
   */
  ExtractedJson send(HttpCall call, JsonRecordExtractor extractor) throws InterruptedException {
    Marketplace.Retries retries = marketplace.retries();
    RetryPolicy<ExtractedJson> policy =
        RetryPolicy.<ExtractedJson>builder()
            .handle(AgainException.class)
            .withMaxAttempts(retries.attempts())
            .withDelayFn(context -> delay(context.getLastException(), context.getAttemptCount()))
            .build();
    try {
      return Failsafe.with(policy).get(() -> attempt(call, extractor));
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

  private RuntimeException givenUp(HttpCall call, ResponseVerdict verdict) {
    return verdict.action() == ErrorRules.Class.RATELIMIT
        ? new ExtractionPausedException(
            "continues next time: " + platform + " says " + verdict.problem())
        : MarketplaceException.passing(
            platform + ": " + call + " went wrong too often, at last: " + verdict.problem());
  }

  private ExtractedJson attempt(HttpCall call, JsonRecordExtractor extractor)
      throws InterruptedException, AgainException {
    TokenRenewal tokens = authentication.tokens();
    Token token = tokens == null ? null : tokens.current();
    Judged judged = judged(call, extractor, token);
    ExtractedJson extracted = judged.extracted();
    ResponseVerdict verdict = judged.verdict();
    if (token != null && verdict.action() != ErrorRules.Class.REFRESHTOKEN) {
      tokens.accepted(token);
    }
    switch (verdict.action()) {
      case OK -> {
        return extracted;
      }
      case REFRESHTOKEN -> {
        if (token == null) {
          throw TokenRenewal.wrongCredentials(platform, verdict.problem());
        }
        tokens.refused(token, verdict.problem());
        throw new AgainException(
            new ResponseVerdict(ErrorRules.Class.REFRESHTOKEN, verdict.problem(), null));
      }
      case RETRY, RATELIMIT -> throw new AgainException(verdict);
      case QUOTA ->
          throw new ExtractionPausedException(
              "continues next time: the daily quota of "
                  + platform
                  + " is used up until "
                  + verdict.until());
      case RESTARTPAGING -> throw new PagingLostException(verdict.problem());
      case HALVEPERIOD -> throw new ListTooLongException(verdict.problem());
      default ->
          throw new RejectedException(
              platform + ": " + call + " was refused: " + verdict.problem());
    }
  }

  /** An answer's content, if it is JSON, and what it means. */
  private record Judged(@Nullable ExtractedJson extracted, ResponseVerdict verdict) {}

  private Judged judged(HttpCall call, JsonRecordExtractor extractor, @Nullable Token token)
      throws InterruptedException, AgainException {
    RateLimit.Permit permit = rateLimit.acquire(waitBudget);
    try {
      HttpResponse<byte[]> answer =
          transport.send(authentication.signer().sign(call, token, clock.instant()));
      ExtractedJson extracted = extractor.extractOrNull(answer.body());
      ResponseVerdict verdict =
          ResponseVerdict.of(
              marketplace.errors(), answer.statusCode(), answer.headers(), extracted, clock);
      // Before the permit is given back, which takes a while in which others would go on asking.
      pause(verdict);
      return new Judged(extracted, verdict);
    } catch (UntrustedServerException e) {
      throw MarketplaceException.lasting(platform + ": " + call + ": " + e.getMessage());
    } catch (IOException e) {
      throw new AgainException(
          new ResponseVerdict(ErrorRules.Class.RETRY, String.valueOf(e.getMessage()), null));
    } finally {
      rateLimit.answered(permit);
    }
  }

  private void pause(ResponseVerdict verdict) {
    if (verdict.until() == null) {
      return;
    }
    switch (verdict.action()) {
      case RETRY, RATELIMIT ->
          rateLimit.pause(verdict.until(), platform + ", which says " + verdict.problem());
      case QUOTA -> rateLimit.pause(verdict.until(), "the daily quota of " + platform);
      default -> {}
    }
  }

  /** What the platform says is waited for with the permit, and must not be waited for twice. */
  private Duration delay(Throwable failure, int attempt) {
    ResponseVerdict verdict = ((AgainException) failure).verdict;
    LOG.debug("{}: trying again: {}", platform, verdict.problem());
    if (verdict.until() != null || verdict.action() == ErrorRules.Class.REFRESHTOKEN) {
      return Duration.ZERO;
    }
    Marketplace.Retries retries = marketplace.retries();
    Duration wait = retries.delay(attempt);
    if (verdict.action() == ErrorRules.Class.RATELIMIT) {
      Duration slowing = retries.slowing(attempt);
      Instant until = clock.instant().plus(wait.compareTo(slowing) > 0 ? wait : slowing);
      rateLimit.pause(until, platform + ", which says " + verdict.problem());
      return Duration.ZERO;
    }
    return wait;
  }
}
