package vn.phusa.transforms.cleansing;

/**
 * Reads points in time and days as PostgreSQL and JSON print them, without an exception or an
 * object per value.
 *
 * <p>A time is {@code yyyy-mm-dd}, a blank or {@code T}, {@code hh:mm[:ss[.f...]]} and an offset
 * ({@code Z}, {@code +07}, {@code +0700}, {@code +07:00}, {@code +07:06:30}); without an offset it
 * is Vietnamese local time, +07:00, as is a day alone, which is its midnight. Digits after the
 * sixth of a fraction are cut off. Years are 0001 to 9999 (of a time: in UTC); "infinity", years
 * before Christ and years of more digits are understood and out of range.
 */
public final class TimestampParser {

  /** The text is no time, or no day. */
  public static final long MALFORMED = Long.MIN_VALUE;

  /** A time or a day that the columns cannot hold. */
  public static final long OUT_OF_RANGE = Long.MIN_VALUE + 1;

  private static final int LOCAL_OFFSET_SECONDS = 7 * 3600;
  private static final int MAX_OFFSET_SECONDS = 18 * 3600;
  private static final long MICROS = 1_000_000L;
  private static final long FIRST_MICROS = -719_162L * 86_400 * MICROS; // 0001-01-01
  private static final long END_MICROS = 2_932_897L * 86_400 * MICROS; // 10000-01-01

  private TimestampParser() {}

  /** Microseconds since 1970-01-01 UTC, {@link #MALFORMED} or {@link #OUT_OF_RANGE}. */
  public static long micros(String text) {
    String s = trim(text);
    int n = s.length();
    long day = day(s, Math.min(n, 10));
    if (day == MALFORMED) {
      return isBeyondRange(s) ? OUT_OF_RANGE : MALFORMED;
    }
    if (isBeforeChrist(s)) {
      return OUT_OF_RANGE;
    }
    long seconds = 0;
    long fraction = 0;
    int i = 10;
    if (i < n) {
      char separator = s.charAt(i);
      if (separator != ' ' && separator != 'T' && separator != 't') {
        return MALFORMED;
      }
      int hour = twoDigits(s, 11);
      int minute = colonAndTwoDigits(s, 13);
      if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
        return MALFORMED;
      }
      i = 16;
      int second = 0;
      if (i < n && s.charAt(i) == ':') {
        second = colonAndTwoDigits(s, 16);
        if (second < 0 || second > 59) {
          return MALFORMED;
        }
        i = 19;
        if (i < n && s.charAt(i) == '.') {
          int start = ++i;
          int digits = 0;
          while (i < n && isDigit(s.charAt(i))) {
            if (digits < 6) {
              fraction = fraction * 10 + (s.charAt(i) - '0');
              digits++;
            }
            i++;
          }
          if (i == start) {
            return MALFORMED;
          }
          for (; digits < 6; digits++) {
            fraction *= 10;
          }
        }
      }
      seconds = hour * 3600L + minute * 60L + second;
    }
    long offset = offset(s, i);
    if (offset == MALFORMED) {
      return MALFORMED;
    }
    long micros = (day * 86_400 + seconds - offset) * MICROS + fraction;
    return micros < FIRST_MICROS || micros >= END_MICROS ? OUT_OF_RANGE : micros;
  }

  /** Days since 1970-01-01 of a day alone, {@link #MALFORMED} or {@link #OUT_OF_RANGE}. */
  static long epochDay(String text) {
    String s = trim(text);
    if (s.length() == 10) {
      long day = day(s, 10);
      if (day != MALFORMED) {
        return day;
      }
    }
    return isBeyondRange(s) ? OUT_OF_RANGE : MALFORMED;
  }

  private static long day(String s, int end) {
    if (end < 10 || s.charAt(4) != '-' || s.charAt(7) != '-') {
      return MALFORMED;
    }
    int century = twoDigits(s, 0);
    int yearOfCentury = twoDigits(s, 2);
    int month = twoDigits(s, 5);
    int day = twoDigits(s, 8);
    if (century < 0 || yearOfCentury < 0 || month < 1 || month > 12 || day < 1) {
      return MALFORMED;
    }
    int year = century * 100 + yearOfCentury;
    if (year < 1 || day > daysOf(year, month)) {
      return MALFORMED;
    }
    // Days from 0000-03-01, counting years from March, so that the leap day is the last.
    int y = month <= 2 ? year - 1 : year;
    int m = month <= 2 ? month + 9 : month - 3;
    return 365L * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468;
  }

  private static int daysOf(int year, int month) {
    return switch (month) {
      case 4, 6, 9, 11 -> 30;
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      default -> 31;
    };
  }

  /** Seconds east of UTC from position i to the end of the text. */
  private static long offset(String s, int i) {
    int n = s.length();
    if (i == n) {
      return LOCAL_OFFSET_SECONDS;
    }
    char sign = s.charAt(i);
    if (sign == 'Z' || sign == 'z') {
      return i + 1 == n ? 0 : MALFORMED;
    }
    if (sign != '+' && sign != '-' || n == 10) {
      return MALFORMED;
    }
    int hours = twoDigits(s, i + 1);
    int minutes = 0;
    int seconds = 0;
    int end = i + 3;
    if (end < n) {
      boolean colon = s.charAt(end) == ':';
      minutes = twoDigits(s, colon ? end + 1 : end);
      end += colon ? 3 : 2;
      if (colon && end < n) {
        seconds = colonAndTwoDigits(s, end);
        end += 3;
      }
    }
    if (end != n || hours < 0 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) {
      return MALFORMED;
    }
    int total = hours * 3600 + minutes * 60 + seconds;
    if (total > MAX_OFFSET_SECONDS) {
      return MALFORMED;
    }
    return sign == '+' ? total : -total;
  }

  private static boolean isBeforeChrist(String s) {
    return s.endsWith(" BC");
  }

  /** Whether it is a form that PostgreSQL prints for times that the columns here cannot hold. */
  private static boolean isBeyondRange(String s) {
    if (s.equalsIgnoreCase("infinity") || s.equalsIgnoreCase("-infinity")) {
      return true;
    }
    int digits = 0;
    int start = !s.isEmpty() && (s.charAt(0) == '+' || s.charAt(0) == '-') ? 1 : 0;
    while (start + digits < s.length() && isDigit(s.charAt(start + digits))) {
      digits++;
    }
    int month = start + digits;
    boolean dated =
        digits >= 4
            && twoDigits(s, month + 1) >= 1
            && twoDigits(s, month + 1) <= 12
            && s.charAt(month) == '-'
            && twoDigits(s, month + 4) >= 1
            && twoDigits(s, month + 4) <= 31
            && s.charAt(month + 3) == '-';
    return dated && (start > 0 || digits > 4 || isBeforeChrist(s) || s.startsWith("0000"));
  }

  private static int colonAndTwoDigits(String s, int i) {
    return i < s.length() && s.charAt(i) == ':' ? twoDigits(s, i + 1) : -1;
  }

  private static int twoDigits(String s, int i) {
    if (i + 1 >= s.length() || !isDigit(s.charAt(i)) || !isDigit(s.charAt(i + 1))) {
      return -1;
    }
    return (s.charAt(i) - '0') * 10 + s.charAt(i + 1) - '0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String trim(String s) {
    return s.strip();
  }
}
