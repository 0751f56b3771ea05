package vn.phusa.pipelines.io.marketplace.http;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.spec.ErrorRules;

/**
 * What an answer means.
 *
 * @param action what is to be done
 * @param problem the platform's code or the HTTP status, in a few words without anything else of
 *     the answer
 * @param until before when there is no use to try again, in the future; null: the answer does not
 *     say
 */
public record ResponseVerdict(ErrorRules.Class action, String problem, @Nullable Instant until) {
  private static final Pattern PLAIN = Pattern.compile("[\\w.-]{1,80}");
  private static final Duration MAX_WAIT = Duration.ofDays(2);

  /**
   * Judges an answer.
   *
   * @param extracted what was extracted from it; null if it is no JSON
   */
  public static ResponseVerdict of(
      ErrorRules rules,
      int status,
      HttpHeaders headers,
      @Nullable ExtractedJson extracted,
      Clock clock) {
    String message = extracted == null ? null : extracted.value(rules.message());
    Instant until = wait(rules, headers, message, clock);
    boolean ok = status / 100 == 2;
    if (extracted != null) {
      if (rules.expired().stream().anyMatch(extracted.found()::contains)) {
        return new ResponseVerdict(ErrorRules.Class.REFRESHTOKEN, "the token has expired", until);
      }
      String code = extracted.value(rules.code());
      if (code != null && !code.isEmpty() && !rules.ok().contains(code)) {
        ErrorRules.Class action = ofCode(rules, code);
        if (action == null) {
          action = ofMessage(rules, message);
        }
        if (action == null) {
          action = ok ? rules.otherwise() : ofStatus(rules, status);
        }
        return verdict(rules, action, "error " + plain(code), until, clock);
      }
    }
    if (ok) {
      return extracted == null
          ? new ResponseVerdict(ErrorRules.Class.RETRY, "an answer that is no whole JSON", until)
          : new ResponseVerdict(ErrorRules.Class.OK, "", null);
    }
    ErrorRules.Class action = ofMessage(rules, message);
    return verdict(
        rules, action == null ? ofStatus(rules, status) : action, "HTTP " + status, until, clock);
  }

  private static ResponseVerdict verdict(
      ErrorRules rules,
      ErrorRules.Class action,
      String problem,
      @Nullable Instant until,
      Clock clock) {
    return new ResponseVerdict(
        action, problem, action == ErrorRules.Class.QUOTA ? quotaResets(rules, clock) : until);
  }

  private static Instant quotaResets(ErrorRules rules, Clock clock) {
    Instant now = clock.instant();
    Instant today =
        LocalDate.ofInstant(now, ZoneOffset.UTC)
            .atTime(rules.quotaResets())
            .toInstant(ZoneOffset.UTC);
    return today.isAfter(now) ? today : today.plus(Duration.ofDays(1));
  }

  private static ErrorRules.@Nullable Class ofCode(ErrorRules rules, String code) {
    ErrorRules.Class exact = rules.classes().get(code);
    int prefix = code.lastIndexOf('.');
    return exact != null || prefix < 0 ? exact : rules.classes().get(code.substring(prefix + 1));
  }

  private static ErrorRules.@Nullable Class ofMessage(ErrorRules rules, @Nullable String message) {
    if (message != null) {
      for (Map.Entry<String, ErrorRules.Class> rule : rules.messages().entrySet()) {
        if (Pattern.compile(rule.getKey()).matcher(message).find()) {
          return rule.getValue();
        }
      }
    }
    return null;
  }

  private static ErrorRules.Class ofStatus(ErrorRules rules, int status) {
    ErrorRules.Class exact = rules.http().get(Integer.toString(status));
    return exact != null
        ? exact
        : rules.http().getOrDefault(status / 100 + "xx", ErrorRules.Class.FAIL);
  }

  private static @Nullable Instant wait(
      ErrorRules rules, HttpHeaders headers, @Nullable String message, Clock clock) {
    Instant now = clock.instant();
    Instant until =
        headers.firstValue("Retry-After").map(text -> retryAfter(text.strip(), now)).orElse(null);
    if (until == null && message != null && rules.waitPattern() != null) {
      Matcher matcher = Pattern.compile(rules.waitPattern()).matcher(message);
      until = matcher.find() ? seconds(matcher.group(1), now) : null;
    }
    if (until == null || !until.isAfter(now)) {
      // "At once" says no more than nothing: who goes on at once meets the same.
      return null;
    }
    // A wait of years is a mistake of the platform, and not to be remembered.
    return until.isBefore(now.plus(MAX_WAIT)) ? until : now.plus(MAX_WAIT);
  }

  private static @Nullable Instant retryAfter(String text, Instant now) {
    if (text.chars().allMatch(Character::isDigit)) {
      return seconds(text, now);
    }
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Instant seconds(String digits, Instant now) {
    return digits.isEmpty() || digits.length() > 9 ? null : now.plusSeconds(Long.parseLong(digits));
  }

  private static String plain(String code) {
    return PLAIN.matcher(code).matches() ? code : "with a code that is not shown";
  }
}
