package vn.phusa.transforms.cleansing;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Remembers the results of a function of texts that come again and again: cities, platforms. Not
 * safe for several threads.
 */
final class Memo {

  private static final int MAX_ENTRIES = 10_000;
  private static final int MAX_LENGTH = 100;

  private final Map<String, @Nullable String> results = new HashMap<>();
  private final UnaryOperator<@Nullable String> function;

  Memo(UnaryOperator<@Nullable String> function) {
    this.function = function;
  }

  /** The function's result. */
  @Nullable String of(@Nullable String text) {
    if (text == null || text.length() > MAX_LENGTH) {
      return function.apply(text);
    }
    String known = results.get(text);
    if (known != null || results.containsKey(text)) {
      return known;
    }
    String result = function.apply(text);
    if (results.size() >= MAX_ENTRIES) {
      results.clear();
    }
    results.put(text, result);
    return result;
  }
}
