package vn.phusa.runners.samples;

import java.text.Normalizer;
import java.util.Locale;

/**
 * What happens to a text between the head and the database: casing, blanks, the two ways to write
 * tone marks.
 */
public final class Typing {
  private static final String NO_BREAK_SPACE = "\u00A0";
  private static final String ZERO_WIDTH_SPACE = "\u200B";

  private Typing() {}

  /** The text as somebody might have typed it; mostly as it is. */
  public static String of(SampleRandom random, String text) {
    String typed = casing(random, text);
    typed = blanks(random, typed);
    // Phones and Macs send decomposed letters; a part of every real table is not NFC.
    return random.chance(0.08) ? Normalizer.normalize(typed, Normalizer.Form.NFD) : typed;
  }

  /** Without tone marks, as on keyboards without them. */
  public static String withoutMarks(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .replace('đ', 'd')
        .replace('Đ', 'D');
  }

  private static String casing(SampleRandom random, String text) {
    return switch (random.below(20)) {
      case 0, 1, 2 -> text.toLowerCase(Locale.ROOT);
      case 3 -> text.toUpperCase(Locale.ROOT);
      case 4 -> withoutMarks(text);
      default -> text;
    };
  }

  private static String blanks(SampleRandom random, String text) {
    return switch (random.below(60)) {
      case 0 -> " " + text;
      case 1 -> text + "  ";
      case 2 -> text.replaceFirst(" ", "  ");
      case 3 -> text.replaceFirst(" ", NO_BREAK_SPACE);
      case 4 -> text + ZERO_WIDTH_SPACE;
      case 5 -> text.replaceFirst(" ", "\t");
      default -> text;
    };
  }
}
