package vn.phusa.pipelines.io.marketplace.spec;

import java.time.Duration;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.staging.StagedKinds;

/** What keys of a description can have; what is refused is a {@link InvalidSpecException}. */
final class SpecValidation {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private SpecValidation() {}

  /** A name of a platform, feed or part: it is part of names in stores. */
  static void name(String key, String name) {
    InvalidSpecException.check(NAME.matcher(name).matches(), key + ": a name is [a-z0-9_]");
  }

  /** What the records of a part are called: loads find what belongs together by it. */
  static void kind(String key, String part, String kind) {
    InvalidSpecException.check(
        StagedKinds.of(part).contains(kind),
        key + ".kind is neither \"" + part + "\" nor the singular of it");
  }

  static void present(String key, @Nullable Object value) {
    InvalidSpecException.check(value != null, key + " is missing");
  }

  static void positive(String key, @Nullable Duration duration) {
    present(key, duration);
    InvalidSpecException.check(
        !duration.isNegative() && !duration.isZero(), key + " is not positive");
  }

  static void positive(String key, long number) {
    InvalidSpecException.check(number > 0, key + " is not positive");
  }

  static void notNegative(String key, @Nullable Duration duration) {
    present(key, duration);
    InvalidSpecException.check(!duration.isNegative(), key + " is negative");
  }

  /**
   * A JSON pointer.
   *
   * @param pointer null: none is needed
   */
  static void pointer(String key, @Nullable String pointer) {
    InvalidSpecException.check(
        pointer == null || pointer.isEmpty() || pointer.startsWith("/"),
        key + " is no JSON pointer, which begins with a slash");
  }

  static void pointers(String key, Collection<String> pointers) {
    pointers.forEach(pointer -> pointer(key, pointer));
  }

  /**
   * A regular expression.
   *
   * @param pattern null: none is needed
   * @param groups how many groups it must have at the least
   */
  static void pattern(String key, @Nullable String pattern, int groups) {
    if (pattern == null) {
      return;
    }
    try {
      InvalidSpecException.check(
          Pattern.compile(pattern).matcher("").groupCount() >= groups, key + " has no group");
    } catch (PatternSyntaxException e) {
      throw new InvalidSpecException(key + " is no regular expression");
    }
  }
}
