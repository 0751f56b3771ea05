package vn.phusa.pipelines.warehouse;

import java.time.LocalDate;

/**
 * A Vietnamese day with what only the rules know about it; the rest of dim_time follows from the
 * date.
 *
 * @param date the day
 * @param tetSeason whether it lies in the Tet shopping season
 * @param shoppingFestival whether it is a shopping festival
 * @param tetHoliday whether it is one of the days off around the lunar new year
 * @param daysToTet days until the next first day of the lunar new year; 0 on that day
 * @param publicHoliday whether it is a public holiday
 */
public record TimeRow(
    LocalDate date,
    boolean tetSeason,
    boolean shoppingFestival,
    boolean tetHoliday,
    int daysToTet,
    boolean publicHoliday) {

  /** The day as yyyymmdd. */
  public int timeKey() {
    return date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
  }
}
