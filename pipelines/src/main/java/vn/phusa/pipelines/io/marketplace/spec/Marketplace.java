package vn.phusa.pipelines.io.marketplace.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.LoopbackHost;

/**
 * A marketplace's API as data.
 *
 * @param platform its standard name, as in dim_platform
 * @param baseUrl what paths are appended to
 * @param tokenUrl where tokens are got; null: at the base URL
 * @param allowPlainHttp lets requests go out unencrypted to other machines than this one
 * @param auth how requests prove who sends them
 * @param limit how many requests in how long a time, in whatever window
 * @param concurrency how many requests each part sends at once for what belongs to its records,
 *     beside the one for its next page
 * @param refreshEvery how often a streaming extraction polls
 * @param timeouts how long an answer may take
 * @param retries how often and how soon a request is sent again
 * @param errors where an answer says what went wrong, and what is to be done about it
 * @param zone the zone of times that carry none
 * @param extract what is read, by the name of the part: "products" go to raw_products
 * @param mapping how records become ours; not read here
 */
public record Marketplace(
    String platform,
    String baseUrl,
    @Nullable String tokenUrl,
    boolean allowPlainHttp,
    AuthSpec auth,
    Limit limit,
    int concurrency,
    Duration refreshEvery,
    Timeouts timeouts,
    Retries retries,
    ErrorRules errors,
    ZoneOffset zone,
    Map<String, StreamSpec> extract,
    @Nullable JsonNode mapping)
    implements Serializable {

  public Marketplace {
    extract =
        extract == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(extract));
  }

  /**
   * A limit of requests.
   *
   * @param requests how many; 0: no limit
   * @param per in any window of this length
   */
  public record Limit(int requests, Duration per) implements Serializable {}

  /**
   * How long things may take.
   *
   * @param connect until there is a connection
   * @param read until the answer begins
   * @param total until the answer is there
   */
  public record Timeouts(Duration connect, Duration read, Duration total) implements Serializable {}

  /**
   * How a request is tried again: after a random time between nothing and a bound that doubles.
   *
   * @param attempts how often it is sent at most
   * @param first the first bound
   * @param longest the greatest bound
   */
  public record Retries(int attempts, Duration first, Duration longest) implements Serializable {
    /** The least wait where a platform says "too fast" and not for how long. */
    private static final Duration MIN_SLOWING = Duration.ofSeconds(1);

    /**
     * A random time to wait before the next attempt.
     *
     * @param attempt how many there were
     */
    public Duration delay(int attempt) {
      long bound = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt, 20));
      return Duration.ofMillis(ThreadLocalRandom.current().nextLong(bound + 1));
    }

    /** Two seconds, then four: but not more than tests with compressed time want. */
    public Duration slowing(int attempt) {
      Duration doubled = MIN_SLOWING.multipliedBy(1L << Math.min(attempt, 10));
      return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
  }

  /** Where tokens are got. */
  public String tokenBase() {
    return tokenUrl == null ? baseUrl : tokenUrl;
  }

  /** Refuses what cannot be used; the message names the key. */
  void check(String name) {
    String where = "marketplaces." + name;
    SpecValidation.name(where, name);
    InvalidSpecException.check(platform != null, where + ".platform is missing");
    InvalidSpecException.check(auth != null, where + ".auth is missing");
    checkUrl(where + ".baseUrl", baseUrl);
    checkUrl(where + ".tokenUrl", tokenBase());
    InvalidSpecException.check(concurrency > 0, where + ".concurrency is not positive");
    SpecValidation.present(where + ".zone", zone);
    SpecValidation.positive(where + ".refreshEvery", refreshEvery);
    SpecValidation.present(where + ".limit", limit);
    InvalidSpecException.check(limit.requests() >= 0, where + ".limit.requests is negative");
    SpecValidation.positive(where + ".limit.per", limit.per());
    SpecValidation.present(where + ".timeouts", timeouts);
    SpecValidation.positive(where + ".timeouts.connect", timeouts.connect());
    SpecValidation.positive(where + ".timeouts.read", timeouts.read());
    SpecValidation.positive(where + ".timeouts.total", timeouts.total());
    SpecValidation.present(where + ".retries", retries);
    InvalidSpecException.check(retries.attempts() > 0, where + ".retries.attempts is not positive");
    SpecValidation.notNegative(where + ".retries.first", retries.first());
    SpecValidation.notNegative(where + ".retries.longest", retries.longest());
    SpecValidation.present(where + ".errors", errors);
    errors.check(where + ".errors");
    auth.check(where + ".auth");
    extract.forEach(
        (part, e) -> {
          SpecValidation.name(where + ".extract", part);
          e.check(where + ".extract." + part, part);
        });
  }

  private void checkUrl(String key, String url) {
    InvalidSpecException.check(url != null, key + " is missing");
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new InvalidSpecException(key + " is no URL");
    }
    boolean http = "http".equals(uri.getScheme());
    InvalidSpecException.check(
        (http || "https".equals(uri.getScheme()))
            && uri.getHost() != null
            && uri.getRawUserInfo() == null
            && uri.getRawQuery() == null,
        key + " is no http(s) URL without user, password and query");
    InvalidSpecException.check(
        !http || allowPlainHttp || LoopbackHost.is(uri.getHost()),
        key + " is not encrypted (https), and allowPlainHttp is not set");
  }
}
