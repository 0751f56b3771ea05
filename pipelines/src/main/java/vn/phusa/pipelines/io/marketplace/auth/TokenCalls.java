package vn.phusa.pipelines.io.marketplace.auth;

import com.mongodb.MongoException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.marketplace.http.ExtractedJson;
import vn.phusa.pipelines.io.marketplace.http.HttpCall;
import vn.phusa.pipelines.io.marketplace.http.JsonRecordExtractor;
import vn.phusa.pipelines.io.marketplace.http.ResponseVerdict;
import vn.phusa.pipelines.io.marketplace.http.Transport;
import vn.phusa.pipelines.io.marketplace.http.UntrustedServerException;
import vn.phusa.pipelines.io.marketplace.limit.RateLimit;
import vn.phusa.pipelines.io.marketplace.limit.WaitBudget;
import vn.phusa.pipelines.io.marketplace.spec.ErrorRules;

/**
 * Sends the calls that tokens are got by, each once, and says what became of it: they count against
 * the limit like any other. Whether one is repeated is for {@link TokenRenewal} to say.
 */
public final class TokenCalls {
  /** Then nothing was sent. */
  private static final Set<String> NOT_CONNECTED =
      Set.of("ConnectException", "HttpConnectTimeoutException", "UnresolvedAddressException");

  private static final Logger LOG = LoggerFactory.getLogger(TokenCalls.class);

  private final Transport transport;
  private final RateLimit rateLimit;
  private final WaitBudget waitBudget;
  private final ErrorRules rules;
  private final Clock clock;

  public TokenCalls(
      Transport transport,
      RateLimit rateLimit,
      WaitBudget waitBudget,
      ErrorRules rules,
      Clock clock) {
    this.transport = transport;
    this.rateLimit = rateLimit;
    this.waitBudget = waitBudget;
    this.rules = rules;
    this.clock = clock;
  }

  /** Makes the request when it is sent, since timestamps are part of it. */
  @FunctionalInterface
  public interface Maker {
    HttpCall make(Instant now);
  }

  /**
   * Gets a token.
   *
   * @param beforeSending as of {@link TokenSource#get}
   * @param where where things are in the answer
   */
  Token token(Maker call, TokenAnswer where, Runnable beforeSending) throws InterruptedException {
    List<String> values =
        Stream.of(where.access(), where.refresh(), where.seconds())
            .filter(Objects::nonNull)
            .toList();
    ExtractedJson extracted = send(call, values, beforeSending);
    String token = extracted.value(where.access());
    if (token == null || token.isEmpty()) {
      throw new TokenSource.TokenRefusedException("the answer holds no token");
    }
    Long seconds = extracted.number(where.seconds());
    return Token.living(
        token,
        extracted.value(where.refresh()),
        clock.instant(),
        seconds == null || seconds <= 0 ? where.lifetime().toSeconds() : seconds);
  }

  private ExtractedJson send(Maker call, List<String> values, Runnable beforeSending)
      throws InterruptedException {
    JsonRecordExtractor extractor = JsonRecordExtractor.withErrors(rules, null, values, List.of());
    RateLimit.Permit permit = rateLimit.acquire(waitBudget);
    try {
      beforeSending.run();
      HttpResponse<byte[]> answer = transport.send(call.make(clock.instant()));
      ExtractedJson extracted = extractor.extractOrNull(answer.body());
      ResponseVerdict verdict =
          ResponseVerdict.of(rules, answer.statusCode(), answer.headers(), extracted, clock);
      return content(extracted, verdict);
    } catch (UntrustedServerException e) {
      throw new TokenSource.TokenNotGivenException(e.getMessage(), false);
    } catch (IOException e) {
      String problem = String.valueOf(e.getMessage());
      throw NOT_CONNECTED.contains(problem)
          ? new TokenSource.TokenNotGivenException(problem, false)
          : new TokenSource.TokenInDoubtException(problem);
    } finally {
      answered(permit);
    }
  }

  private void answered(RateLimit.Permit permit) {
    try {
      rateLimit.answered(permit);
    } catch (MongoException e) {
      // It comes back by itself, later; a token that was given must not be lost for it.
      LOG.debug("a permit is not given back: {}", e.getClass().getSimpleName());
    }
  }

  private ExtractedJson content(@Nullable ExtractedJson extracted, ResponseVerdict verdict) {
    return switch (verdict.action()) {
      case OK -> extracted;
      case RATELIMIT, QUOTA -> {
        pause(verdict);
        throw new TokenSource.TokenNotGivenException(verdict.problem(), true);
      }
      case RETRY -> {
        pause(verdict);
        throw new TokenSource.TokenInDoubtException(verdict.problem());
      }
      default -> throw new TokenSource.TokenRefusedException(verdict.problem());
    };
  }

  private void pause(ResponseVerdict verdict) {
    if (verdict.until() != null) {
      rateLimit.pause(verdict.until(), "the platform, which says " + verdict.problem());
    }
  }
}
