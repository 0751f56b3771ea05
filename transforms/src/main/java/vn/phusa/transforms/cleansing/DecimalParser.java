package vn.phusa.transforms.cleansing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;

/** Reads numbers as PostgreSQL and JSON print them: "210.50", "-3", "1e3". */
final class DecimalParser {

  /** More digits than any column could hold, and few enough to read fast. */
  private static final int MAX_LENGTH = 500;

  /** Numbers of up to 18 digits fit into a long. */
  private static final int FAST_LENGTH = 18;

  private static final long[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000};

  private DecimalParser() {}

  /**
   * The number rounded half up to a scale.
   *
   * @param digits how many digits the column has before the decimal point
   * @throws RejectedException {@link Reason#NOT_A_NUMBER} for anything but a decimal number (NaN
   *     and infinity too), {@link Reason#OUT_OF_RANGE} where the column cannot hold it
   */
  static BigDecimal parse(String text, String field, int digits, int scale)
      throws RejectedException {
    BigDecimal fast = fast(text, scale);
    BigDecimal value = fast != null ? fast : rounded(exact(text, field), scale);
    if (value == null || value.precision() - value.scale() > digits && value.signum() != 0) {
      throw new RejectedException(
          Reason.OUT_OF_RANGE, field + " has more than " + digits + " digits before the point");
    }
    return value;
  }

  /** The number as it is; its exponent may be of any size. */
  static BigDecimal exact(String text, String field) throws RejectedException {
    String s = text.strip();
    if (s.length() <= MAX_LENGTH && isPlain(s)) {
      try {
        return new BigDecimal(s);
      } catch (NumberFormatException e) {
        throw notANumber(field);
      }
    }
    throw s.length() > MAX_LENGTH && isPlain(s)
        ? new RejectedException(Reason.OUT_OF_RANGE, field + " is too long for a number")
        : notANumber(field);
  }

  /**
   * Rounds half up.
   *
   * @return null where the number is too great to be written out
   */
  static @Nullable BigDecimal rounded(BigDecimal value, int scale) {
    // Before setScale, which would write out a billion zeros for 1e1000000000.
    long magnitude = (long) value.precision() - value.scale();
    if (value.signum() == 0 || magnitude < -scale) {
      return BigDecimal.ZERO.setScale(scale);
    }
    return magnitude > MAX_LENGTH ? null : value.setScale(scale, RoundingMode.HALF_UP);
  }

  /** A plain number of few digits and no more decimals than the scale; null for any other text. */
  private static @Nullable BigDecimal fast(String s, int scale) {
    int n = s.length();
    if (n == 0 || n > FAST_LENGTH - scale || scale >= POWERS_OF_TEN.length) {
      return null;
    }
    boolean negative = s.charAt(0) == '-';
    int point = -1;
    long unscaled = 0;
    for (int i = negative ? 1 : 0; i < n; i++) {
      char c = s.charAt(i);
      if (c >= '0' && c <= '9') {
        unscaled = unscaled * 10 + (c - '0');
      } else if (c == '.' && point < 0 && i > 0 && s.charAt(i - 1) != '-' && i + 1 < n) {
        point = i;
      } else {
        return null;
      }
    }
    int decimals = point < 0 ? 0 : n - point - 1;
    if (decimals > scale || negative && n == 1) {
      return null;
    }
    unscaled *= POWERS_OF_TEN[scale - decimals];
    return BigDecimal.valueOf(negative ? -unscaled : unscaled, scale);
  }

  /** BigDecimal would also read digits of other scripts, which no number column prints. */
  private static boolean isPlain(String s) {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return false;
      }
    }
    return !s.isEmpty();
  }

  private static RejectedException notANumber(String field) {
    return new RejectedException(Reason.NOT_A_NUMBER, field + " is not a number");
  }
}
