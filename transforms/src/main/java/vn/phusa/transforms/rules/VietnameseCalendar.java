package vn.phusa.transforms.rules;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.IsoFields;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The Vietnamese calendar from {@link #FIRST_DAY} to {@link #LAST_DAY}. A day is that of the fixed
 * offset +07:00, which Vietnam has had without daylight saving since 1975.
 *
 * <p>Days are given as days since 1970-01-01 ("epoch day"). A question about a day outside is
 * answered with {@link IndexOutOfBoundsException}: ask {@link #contains} first.
 */
public final class VietnameseCalendar {

  public static final LocalDate FIRST_DAY = LocalDate.of(2009, 1, 1);
  public static final LocalDate LAST_DAY = LocalDate.of(2032, 12, 31);

  /** The time key of a time that is not known. */
  public static final int UNKNOWN_TIME_KEY = -1;

  private static final long OFFSET_MICROS = 7L * 3600 * 1_000_000;
  private static final long DAY_MICROS = 24L * 3600 * 1_000_000;
  private static final int FIRST = (int) FIRST_DAY.toEpochDay();

  /** The year since which National Day is two days long (Labour Code of 2019, article 112). */
  private static final int SECOND_NATIONAL_DAY_SINCE = 2021;

  private final NavigableSet<LocalDate> lunarNewYears = new TreeSet<>();
  private final Set<LocalDate> hungKingsDays = new HashSet<>();

  /** All answers, computed once: a sale asks three questions. */
  private final CalendarDay[] days;

  private VietnameseCalendar(Rules rules) {
    for (Map<String, String> fact : FactFile.read("tet_dates.csv")) {
      lunarNewYears.add(LocalDate.parse(fact.get("tet_first_day")));
      hungKingsDays.add(LocalDate.parse(fact.get("hung_kings_day")));
    }
    days =
        FIRST_DAY
            .datesUntil(LAST_DAY.plusDays(1))
            .map(date -> compute(date, rules.seasons()))
            .toArray(CalendarDay[]::new);
  }

  public static VietnameseCalendar of(Rules rules) {
    return new VietnameseCalendar(rules);
  }

  /** The Vietnamese day of an instant in microseconds since 1970-01-01 UTC. */
  public static int epochDay(long micros) {
    return (int) Math.floorDiv(micros + OFFSET_MICROS, DAY_MICROS);
  }

  public boolean contains(int epochDay) {
    return epochDay >= FIRST && epochDay - FIRST < days.length;
  }

  /** All that is known of a day. */
  public CalendarDay day(int epochDay) {
    return days[epochDay - FIRST];
  }

  /** yyyymmdd. */
  public int timeKey(int epochDay) {
    return day(epochDay).timeKey();
  }

  /** Whether it lies in the rules' season around the lunar new year. */
  public boolean isTetSeason(int epochDay) {
    return day(epochDay).tetSeason();
  }

  /** 9/9, 10/10, 11/11 and 12/12 by default. */
  public boolean isShoppingFestival(int epochDay) {
    return day(epochDay).shoppingFestival();
  }

  /** From the day before the lunar new year's first day to four days after it. */
  public boolean isTetHoliday(int epochDay) {
    return day(epochDay).tetHoliday();
  }

  /** Days to the next first day of a lunar year; 0 on it. */
  public int daysToTet(int epochDay) {
    return day(epochDay).daysToTet();
  }

  /** New Year, the Tet days, Hung Kings' day, 30 April, 1 May and National Day. */
  public boolean isPublicHoliday(int epochDay) {
    return day(epochDay).publicHoliday();
  }

  /** Every day, in order: the rows of dim_time but for the unknown one. */
  public Stream<CalendarDay> calendarDays() {
    return Arrays.stream(days);
  }

  private CalendarDay compute(LocalDate date, Seasons seasons) {
    MonthDay monthDay = MonthDay.from(date);
    boolean tetHoliday = isTetDay(date);
    return new CalendarDay(
        date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth(),
        date,
        date.getDayOfMonth(),
        date.getMonthValue(),
        date.get(IsoFields.QUARTER_OF_YEAR),
        date.getYear(),
        date.getDayOfWeek().getValue(),
        date.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue(),
        isTetSeason(date, seasons),
        seasons.shoppingFestivals().contains(monthDay),
        tetHoliday,
        (int) (lunarNewYears.ceiling(date).toEpochDay() - date.toEpochDay()),
        tetHoliday || hungKingsDays.contains(date) || isFixedHoliday(date));
  }

  private boolean isTetSeason(LocalDate date, Seasons seasons) {
    Seasons.AroundTet around = seasons.aroundTet();
    if (around == null) {
      return seasons.tet().contains(MonthDay.from(date));
    }
    LocalDate next = lunarNewYears.ceiling(date);
    LocalDate last = lunarNewYears.floor(date);
    return next != null && next.toEpochDay() - date.toEpochDay() <= around.daysBefore()
        || last != null && date.toEpochDay() - last.toEpochDay() <= around.daysAfter();
  }

  private boolean isTetDay(LocalDate date) {
    LocalDate last = lunarNewYears.floor(date.plusDays(1));
    return last != null && date.toEpochDay() - last.toEpochDay() <= 4;
  }

  private static boolean isFixedHoliday(LocalDate date) {
    int monthAndDay = date.getMonthValue() * 100 + date.getDayOfMonth();
    return switch (monthAndDay) {
      case 101, 430, 501, 902 -> true;
      case 901, 903 ->
          date.getYear() >= SECOND_NATIONAL_DAY_SINCE
              && date.equals(secondNationalDay(date.getYear()));
      default -> false;
    };
  }

  /**
   * The day beside 2 September. The government announces it each year, so that the days off lie
   * together with a weekend; this rule gives the announced days of 2021 to 2026 (3, 1, 1, 3, 1, 1
   * September).
   */
  private static LocalDate secondNationalDay(int year) {
    LocalDate second = LocalDate.of(year, 9, 2);
    return switch (second.getDayOfWeek()) {
      case SUNDAY, MONDAY, THURSDAY -> second.plusDays(1);
      default -> second.minusDays(1);
    };
  }
}
