package vn.phusa.transforms.errors;

import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Whether text can be stored in PostgreSQL (UTF-8, without U+0000). */
public final class StorableText {

  private StorableText() {}

  /** What keeps the text from being stored; null where nothing does. */
  public static @Nullable Reason problem(CharSequence text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return Reason.NUL_CHARACTER;
      }
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == length
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return Reason.LONE_SURROGATE;
        }
        i++;
      }
    }
    return null;
  }

  /** The text with what cannot be stored written as \\uXXXX; the text itself where all can. */
  public static String escape(String text) {
    if (problem(text) == null) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        escaped.append(c).append(text.charAt(++i));
      } else if (c == 0 || Character.isSurrogate(c)) {
        escaped.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
