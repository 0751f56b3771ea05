package vn.phusa.transforms.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VietnameseCalendarTest {

  private final VietnameseCalendar calendar = VietnameseCalendar.of(Rules.defaults());

  private static int day(String date) {
    return (int) LocalDate.parse(date).toEpochDay();
  }

  private static long micros(String instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
  }

  @Test
  @DisplayName("Covers 2009-01-01 to 2032-12-31")
  void coversTwentyFourYears() {
    List<CalendarDay> days = calendar.calendarDays().toList();
    assertThat(days).hasSize(8766);
    assertThat(days.get(0).timeKey()).isEqualTo(20090101);
    assertThat(days.get(8765).timeKey()).isEqualTo(20321231);
    assertThat(calendar.contains(day("2009-01-01"))).isTrue();
    assertThat(calendar.contains(day("2032-12-31"))).isTrue();
    assertThat(calendar.contains(day("2008-12-31"))).isFalse();
    assertThat(calendar.contains(day("2033-01-01"))).isFalse();
    assertThat(calendar.contains(Integer.MIN_VALUE)).isFalse();
    assertThat(calendar.contains(Integer.MAX_VALUE)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2025-03-01T16:59:59.999999Z, 2025-03-01",
    "2025-03-01T17:00:00Z, 2025-03-02",
    "1969-12-31T17:00:00Z, 1970-01-01",
    "1969-12-31T16:59:59.999999Z, 1969-12-31",
  })
  @DisplayName("A day is that of the fixed offset +07:00")
  void dayOfAnInstant(String instant, String date) {
    assertThat(VietnameseCalendar.epochDay(micros(instant))).isEqualTo(day(date));
  }

  @ParameterizedTest
  @CsvSource({
    "2025-01-20, false",
    "2025-01-21, true",
    "2025-02-20, true",
    "2025-02-21, false",
    "2030-01-31, true",
    "2025-07-01, false"
  })
  @DisplayName("is_tet_season: the Vietnamese day is from 21 January to 20 February")
  void tetSeason(String date, boolean expected) {
    assertThat(calendar.isTetSeason(day(date))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-09-09, true",
    "2025-10-10, true",
    "2025-11-11, true",
    "2025-12-12, true",
    "2025-09-10, false",
    "2025-08-08, false"
  })
  @DisplayName("is_shopping_festival: 9/9, 10/10, 11/11, 12/12")
  void shoppingFestival(String date, boolean expected) {
    assertThat(calendar.isShoppingFestival(day(date))).isEqualTo(expected);
  }

  @Test
  @DisplayName("is_tet_holiday: the first day and the day before to four days after")
  void tetHolidayOfEveryYear() {
    for (Map<String, String> fact : FactFile.read("tet_dates.csv")) {
      int first = day(fact.get("tet_first_day"));
      for (int offset = -5; offset <= 8 && calendar.contains(first + offset); offset++) {
        assertThat(calendar.isTetHoliday(first + offset))
            .as("%s %+d", fact.get("tet_first_day"), offset)
            .isEqualTo(offset >= -1 && offset <= 4);
        if (offset >= -1 && offset <= 4) {
          assertThat(calendar.isPublicHoliday(first + offset)).isTrue();
        }
      }
      if (calendar.contains(first)) {
        assertThat(calendar.daysToTet(first)).isZero();
        assertThat(calendar.daysToTet(first - 1)).isEqualTo(1);
        assertThat(calendar.daysToTet(first + 1)).isBetween(350, 384);
        assertThat(calendar.isPublicHoliday(day(fact.get("hung_kings_day")))).isTrue();
      }
    }
  }

  @Test
  @DisplayName("days_to_tet (to the next first day)")
  void daysToTetAfterTheLastOfTheCalendar() {
    assertThat(calendar.daysToTet(day("2032-12-31"))).isEqualTo(31);
    assertThat(calendar.daysToTet(day("2009-01-01"))).isEqualTo(25);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-01-01",
        "2025-04-30",
        "2025-05-01",
        "2025-09-02",
        "2010-09-02",
        "2021-09-03",
        "2022-09-01",
        "2023-09-01",
        "2024-09-03",
        "2025-09-01",
        "2026-09-01"
      })
  @DisplayName(
      "is_public_holiday (1 January, 30 April, 1 May, 2 September, from 2021 also the day"
          + " beside it, ...)")
  void publicHoliday(String date) {
    assertThat(calendar.isPublicHoliday(day(date))).isTrue();
  }

  @Test
  void exactlyOneDayBesideNationalDaySince2021() {
    for (int year = 2009; year <= 2032; year++) {
      boolean before = calendar.isPublicHoliday(day(year + "-09-01"));
      boolean after = calendar.isPublicHoliday(day(year + "-09-03"));
      assertThat(before ^ after).as("%d", year).isEqualTo(year >= 2021);
      assertThat(before && after).isFalse();
    }
    assertThat(calendar.isPublicHoliday(day("2025-06-15"))).isFalse();
  }

  @Test
  @DisplayName("dim_time: day_of_week (1 = Monday), is_weekend, quarter")
  void columnsOfADay() {
    CalendarDay day = calendar.day(day("2026-11-22"));
    assertThat(day)
        .isEqualTo(
            new CalendarDay(
                20261122,
                LocalDate.of(2026, 11, 22),
                22,
                11,
                4,
                2026,
                7,
                true,
                false,
                false,
                false,
                76,
                false));
    assertThat(calendar.day(day("2026-11-20")).weekend()).isFalse();
  }

  @Test
  void aSeasonMayPassTheNewYear() {
    Seasons.Window window = new Seasons.Window(MonthDay.of(12, 20), MonthDay.of(1, 10));
    assertThat(window.contains(MonthDay.of(12, 31))).isTrue();
    assertThat(window.contains(MonthDay.of(1, 10))).isTrue();
    assertThat(window.contains(MonthDay.of(1, 11))).isFalse();
    assertThat(window.contains(MonthDay.of(6, 1))).isFalse();
  }

  @Test
  void theTetSeasonCanMoveWithTheLunarNewYear() {
    // In 2023 the lunar new year's first day was 22 January: the fixed season begins a day before.
    VietnameseCalendar fixed = VietnameseCalendar.of(Rules.defaults());
    VietnameseCalendar moving =
        VietnameseCalendar.of(
            Rules.load(
                new java.io.StringReader("seasons: {aroundTet: {daysBefore: 28, daysAfter: 5}}")));

    assertThat(fixed.isTetSeason(epochDayOf("2023-01-10"))).isFalse();
    assertThat(moving.isTetSeason(epochDayOf("2022-12-24"))).isFalse();
    assertThat(moving.isTetSeason(epochDayOf("2022-12-25"))).isTrue();
    assertThat(moving.isTetSeason(epochDayOf("2023-01-10"))).isTrue();
    assertThat(moving.isTetSeason(epochDayOf("2023-01-27"))).isTrue();
    assertThat(moving.isTetSeason(epochDayOf("2023-01-28"))).isFalse();
    assertThat(moving.isTetSeason(epochDayOf("2023-02-15"))).isFalse();
    assertThat(moving.isTetSeason(epochDayOf("2009-01-01"))).isTrue();
    assertThat(moving.isTetSeason(epochDayOf("2032-12-31"))).isFalse();
  }

  private static int epochDayOf(String date) {
    return (int) java.time.LocalDate.parse(date).toEpochDay();
  }
}
