package vn.phusa.transforms.cleansing;

import java.text.Normalizer;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Text as people typed it. */
final class FreeText {

  /** Every text of characters below the first combining mark is in NFC. */
  private static final char FIRST_COMBINING_MARK = '\u0300';

  private FreeText() {}

  /** The canonical composition (NFC); null for null. */
  static @Nullable String nfc(@Nullable String text) {
    if (text == null) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= FIRST_COMBINING_MARK) {
        return Normalizer.isNormalized(text, Normalizer.Form.NFC)
            ? text
            : Normalizer.normalize(text, Normalizer.Form.NFC);
      }
    }
    return text;
  }

  /** NFC without white space at both ends; null for null. */
  static @Nullable String trimmed(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String composed = nfc(text);
    int start = 0;
    int end = composed.length();
    while (start < end && isWhiteSpace(composed.charAt(start))) {
      start++;
    }
    while (end > start && isWhiteSpace(composed.charAt(end - 1))) {
      end--;
    }
    return composed.substring(start, end);
  }

  /**
   * A text on one line as a reader sees it: NFC, invisible characters removed, runs of white space
   * made one blank, trimmed; null for null and where nothing is left.
   */
  static @Nullable String visible(@Nullable String text) {
    if (text == null) {
      return null;
    }
    StringBuilder seen = new StringBuilder(text.length());
    boolean blank = false;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      if (isWhiteSpace(codePoint)) {
        blank = true;
      } else if (!isInvisible(codePoint)) {
        if (blank && !seen.isEmpty()) {
          seen.append(' ');
        }
        blank = false;
        seen.appendCodePoint(codePoint);
      }
    }
    // Last: what was apart only by an invisible character composes now.
    return seen.isEmpty() ? null : nfc(seen.toString());
  }

  /** White space of any kind, the no-break ones too. */
  static boolean isWhiteSpace(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || codePoint == '\u0085';
  }

  private static boolean isInvisible(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || codePoint >= 0xFE00 && codePoint <= 0xFE0F; // variation selectors, after emoji
  }
}
