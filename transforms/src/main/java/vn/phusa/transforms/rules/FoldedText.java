package vn.phusa.transforms.rules;

import java.text.Normalizer;

/**
 * Text reduced to what is compared when a name is looked up: letters and digits alone, without case
 * and tone marks. Different names can have the same form ("Thạnh Hóa", "Thanh Hóa"), so it is never
 * a key of anything that is stored.
 */
final class FoldedText {

  private FoldedText() {}

  /** "TP. Hồ-Chí Minh" gives "tphochiminh". */
  static String of(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
    StringBuilder folded = new StringBuilder(decomposed.length());
    decomposed
        .codePoints()
        .map(FoldedText::fold)
        .filter(Character::isLetterOrDigit)
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }

  private static int fold(int codePoint) {
    int lower = Character.toLowerCase(Character.toUpperCase(codePoint));
    return switch (lower) {
      // đ has no decomposition; the other two are what look-alikes of Đ become in lower case.
      case 'đ', 'ð', 'ɖ' -> 'd';
      default -> lower;
    };
  }
}
