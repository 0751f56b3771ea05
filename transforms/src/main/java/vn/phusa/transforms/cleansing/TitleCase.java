package vn.phusa.transforms.cleansing;

import org.checkerframework.checker.nullness.qual.Nullable;

/** Names of persons and places. */
final class TitleCase {

  /** Enough for any text: a second round changes what composed anew in the first. */
  private static final int MAX_ROUNDS = 4;

  private TitleCase() {}

  /**
   * The text as {@link FreeText#visible}, in every run of letters the first in upper case, the rest
   * in lower; null for null and where nothing is left. "trần.thị.b" gives "Trần.Thị.B".
   */
  static @Nullable String of(@Nullable String text) {
    String name = FreeText.visible(text);
    for (int round = 0; name != null && round < MAX_ROUNDS; round++) {
      String next = FreeText.nfc(capitalised(name));
      if (next.equals(name)) {
        return name;
      }
      name = next;
    }
    return name;
  }

  private static String capitalised(String text) {
    StringBuilder title = new StringBuilder(text.length());
    boolean inside = false;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      if (Character.isLetter(codePoint)) {
        title.appendCodePoint(
            inside ? Character.toLowerCase(codePoint) : Character.toTitleCase(codePoint));
        inside = true;
      } else {
        title.appendCodePoint(codePoint);
        // A mark belongs to the letter before it.
        inside &= isMark(codePoint);
      }
    }
    return title.toString();
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }
}
