package vn.phusa.pipelines.io.marketplace.spec;

import java.io.Serializable;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Where an answer says what went wrong, and what is to be done about it.
 *
 * @param code where the code is; null: the HTTP status alone says it
 * @param ok the codes that are no errors; a code that is not there or empty is none either
 * @param message where the text is
 * @param expired where something stands only when the token has expired
 * @param classes what is to be done, by code; also for a code with a prefix ("common.error_auth")
 * @param messages what is to be done, by a pattern that is found in the text
 * @param http what is to be done, by the HTTP status or its hundreds ("5xx")
 * @param otherwise what is to be done about any other code
 * @param waitPattern finds in the text, as its first group, how many seconds to wait
 * @param quotaResets when a daily quota begins anew, UTC
 */
public record ErrorRules(
    @Nullable String code,
    List<String> ok,
    @Nullable String message,
    List<String> expired,
    Map<String, Class> classes,
    Map<String, Class> messages,
    Map<String, Class> http,
    Class otherwise,
    @Nullable String waitPattern,
    LocalTime quotaResets)
    implements Serializable {

  public ErrorRules {
    ok = ok == null ? List.of() : List.copyOf(ok);
    expired = expired == null ? List.of() : List.copyOf(expired);
    classes = classes == null ? Map.of() : new TreeMap<>(classes);
    messages = messages == null ? Map.of() : new TreeMap<>(messages);
    http = http == null ? Map.of() : new TreeMap<>(http);
  }

  /** What is to be done. */
  public enum Class {
    /** It is no error. */
    OK,
    /** The same again, after a while. */
    RETRY,
    /** The access token is no good: another one, and the same again. */
    REFRESHTOKEN,
    /** The day's requests are used up: nothing until they are given anew. */
    QUOTA,
    /** Too fast: the same again, after the time that the answer says or a while. */
    RATELIMIT,
    /** The position in the pages is forgotten: the pages from the first. */
    RESTARTPAGING,
    /** The list is longer than its offsets reach: the earlier half of its period. */
    HALVEPERIOD,
    /** No use to try again. */
    FAIL
  }

  /** Refuses what cannot be used; the message names the key. */
  void check(String where) {
    SpecValidation.pointer(where + ".code", code);
    SpecValidation.pointer(where + ".message", message);
    SpecValidation.pointers(where + ".expired", expired);
    messages.keySet().forEach(pattern -> SpecValidation.pattern(where + ".messages", pattern, 0));
    SpecValidation.pattern(where + ".waitPattern", waitPattern, 1);
    SpecValidation.present(where + ".otherwise", otherwise);
    SpecValidation.present(where + ".quotaResets", quotaResets);
  }
}
