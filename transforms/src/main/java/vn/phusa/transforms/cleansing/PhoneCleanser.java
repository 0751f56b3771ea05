package vn.phusa.transforms.cleansing;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.rules.FactFile;

/**
 * Vietnamese phone numbers in the form +84 and the national number.
 *
 * <p>The rule is that of docs/business-rules.md: the digits alone, 84 gets a plus, a leading 0 is
 * lost, +84 goes in front. Beyond it come the forms that real lists hold; see {@link #cleanse}.
 */
public final class PhoneCleanser {

  private static final String COUNTRY_CODE = "84";

  /** 84 is the country code only before so many digits: 843456789 is 0843456789 without its 0. */
  private static final int MIN_NATIONAL_DIGITS = 9;

  /** From so many digits on, what follows in a field may be a number of its own. */
  private static final int MIN_DIGITS_OF_A_SECOND = 8;

  /** National digits of a mobile number before 2018-09-15. */
  private static final int OLD_MOBILE_DIGITS = 10;

  /** +84, and no numbering plan has more than 15 digits. */
  private static final int MAX_TYPED_LENGTH = 16;

  /** "123" to "83": without the leading 0. */
  private final Map<String, String> mobilePrefixes =
      FactFile.read("mobile_prefix_2018.csv").stream()
          .collect(
              Collectors.toMap(
                  fact -> fact.get("old_prefix_11_digit").substring(1),
                  fact -> fact.get("new_prefix_10_digit").substring(1)));

  private final PhoneNumberUtil numberingPlan = PhoneNumberUtil.getInstance();
  private final Pattern valid;

  /**
   * @param valid what a valid cleansed number matches
   */
  public PhoneCleanser(Pattern valid) {
    this.valid = valid;
  }

  /**
   * The number as "+84...". Digits of any script are digits; 00 84 and +84 0 are understood; a
   * trailing ".0" comes from a number once stored as a float; 11-digit mobile numbers of before
   * 2018-09-15 become today's; of several numbers the first counts.
   *
   * @return null for null and where there is no digit but zeros
   */
  public @Nullable String cleanse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String number = withoutFloat(withLatinDigits(text));
    String digits = firstNumber(number);
    String national = withoutZeros(digits);
    if (startsWithCountryCode(national, digits.length() - national.length(), hasPlus(number))) {
      national = withoutZeros(national.substring(COUNTRY_CODE.length()));
    }
    return national.isEmpty() ? null : "+" + COUNTRY_CODE + modern(national);
  }

  /** Whether a cleansed number has the form that the rules ask for; null has not. */
  public boolean isValid(@Nullable String cleansed) {
    return cleansed != null && valid.matcher(cleansed).matches();
  }

  /**
   * The kind of number by the numbering plan: MOBILE, FIXED_LINE, TOLL_FREE, ...
   *
   * @return null where no such number can exist
   */
  public @Nullable String type(@Nullable String cleansed) {
    if (cleansed == null || cleansed.length() > MAX_TYPED_LENGTH) {
      return null;
    }
    try {
      PhoneNumberType type = numberingPlan.getNumberType(number(cleansed));
      return type == PhoneNumberType.UNKNOWN ? null : type.name();
    } catch (NumberParseException e) {
      return null;
    }
  }

  /** The library's parser takes most of the time, and has nothing to find out of our own form. */
  private PhoneNumber number(String cleansed) throws NumberParseException {
    int from = 1 + COUNTRY_CODE.length();
    boolean ours =
        cleansed.startsWith("+" + COUNTRY_CODE)
            && cleansed.length() > from + 1
            && cleansed.charAt(from) != '0'
            && cleansed.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
    return ours
        ? new PhoneNumber()
            .setCountryCode(Integer.parseInt(COUNTRY_CODE))
            .setNationalNumber(Long.parseLong(cleansed.substring(from)))
        : numberingPlan.parse(cleansed, "VN");
  }

  private String modern(String national) {
    if (national.length() == OLD_MOBILE_DIGITS) {
      String prefix = mobilePrefixes.get(national.substring(0, 3));
      if (prefix != null) {
        return prefix + national.substring(3);
      }
    }
    return national;
  }

  /**
   * Whether the 84 that a number begins with, behind its zeros, is the country code: after a plus
   * or 00 always, after a single 0 never, and otherwise where enough digits follow.
   */
  private static boolean startsWithCountryCode(String digits, int zerosBefore, boolean plus) {
    return digits.startsWith(COUNTRY_CODE)
        && switch (zerosBefore) {
          case 0 -> plus || digits.length() >= COUNTRY_CODE.length() + MIN_NATIONAL_DIGITS;
          case 1 -> false;
          default -> true;
        };
  }

  private static String withoutZeros(String digits) {
    int start = 0;
    while (start < digits.length() && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }

  private static String withLatinDigits(String text) {
    StringBuilder latin = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              int digit = Character.isDigit(c) ? Character.digit(c, 10) : -1;
              latin.appendCodePoint(digit < 0 ? c : '0' + digit);
            });
    return latin.toString();
  }

  private static String withoutFloat(String text) {
    String trimmed = FreeText.trimmed(text);
    int point = trimmed.length() - 2;
    return trimmed.endsWith(".0") && trimmed.indexOf('.') == point && point > 0
        ? trimmed.substring(0, point)
        : trimmed;
  }

  /** Whether a plus stands before the first digit. */
  private static boolean hasPlus(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '+' || c == '\uFF0B') {
        return true;
      }
      if (isDigit(c)) {
        return false;
      }
    }
    return false;
  }

  /** The digits of the text up to where a second number begins. */
  private static String firstNumber(String text) {
    int left = (int) text.chars().filter(c -> isDigit((char) c)).count();
    StringBuilder digits = new StringBuilder();
    boolean separated = false;
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isDigit(c)) {
        if (gap && isComplete(digits, separated, left)) {
          break;
        }
        digits.append(c);
        left--;
        gap = false;
        separated = false;
      } else {
        gap = true;
        separated |= isSeparator(c);
      }
    }
    return digits.toString();
  }

  private static boolean isComplete(CharSequence digits, boolean separated, int left) {
    int national = withoutZeros(digits.toString()).length();
    boolean second = left >= MIN_DIGITS_OF_A_SECOND;
    return national >= MIN_NATIONAL_DIGITS
        ? separated || second
        : separated && second && digits.length() >= MIN_DIGITS_OF_A_SECOND;
  }

  private static boolean isSeparator(char c) {
    return c == '/'
        || c == ';'
        || c == ','
        || c == '|'
        || c == '&'
        || c == '\n'
        || Character.isLetter(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
