package vn.phusa.transforms.errors;

/**
 * Text of others (file names, keys, messages of services, parts of records) as it may be shown on a
 * terminal, logged, or stored beside a record: what moves a cursor, starts an escape sequence,
 * begins a line, turns the direction of writing or cannot be seen is written as an escape. Letters
 * of all languages stay as they are.
 *
 * <p>A backslash is not escaped, so that text may pass through here twice, and is the same
 * afterwards.
 */
public final class PrintableText {
  private PrintableText() {}

  /**
   * The text as a part of one line.
   *
   * @return the text itself where nothing has to be escaped
   */
  public static String line(String text) {
    return escape(text, false);
  }

  /**
   * The text as one or more lines of our own making: line feeds and tabs stay, all else is as in
   * {@link #line}.
   */
  public static String lines(String text) {
    return escape(text, true);
  }

  private static String escape(String text, boolean keepsLines) {
    int length = text.length();
    int clean = 0;
    while (clean < length && isPrintable(text.codePointAt(clean), keepsLines)) {
      clean += Character.charCount(text.codePointAt(clean));
    }
    if (clean == length) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(length + 32).append(text, 0, clean);
    int point;
    for (int i = clean; i < length; i += Character.charCount(point)) {
      point = text.codePointAt(i);
      if (isPrintable(point, keepsLines)) {
        escaped.appendCodePoint(point);
      } else {
        append(escaped, point);
      }
    }
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, int point) {
    switch (point) {
      case '\n' -> escaped.append("\\n");
      case '\r' -> escaped.append("\\r");
      case '\t' -> escaped.append("\\t");
      default -> {
        for (char c : Character.toChars(point)) {
          escaped.append("\\u");
          for (int shift = 12; shift >= 0; shift -= 4) {
            escaped.append(Character.toUpperCase(Character.forDigit(c >> shift & 0xF, 16)));
          }
        }
      }
    }
  }

  private static boolean isPrintable(int point, boolean keepsLines) {
    if (point >= ' ' && point < 0x7F) {
      return true;
    }
    if (point == '\n' || point == '\t') {
      return keepsLines;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
