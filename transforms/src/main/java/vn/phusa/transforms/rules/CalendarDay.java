package vn.phusa.transforms.rules;

import java.time.LocalDate;

/**
 * A day as dim_time has it.
 *
 * @param timeKey yyyymmdd
 * @param dayOfWeek 1 is Monday
 * @param tetSeason in the fixed window of sales around the lunar new year
 * @param tetHoliday from the day before the lunar new year to four days after its first
 * @param daysToTet to the next first day of a lunar year; 0 on it
 */
public record CalendarDay(
    int timeKey,
    LocalDate date,
    int day,
    int month,
    int quarter,
    int year,
    int dayOfWeek,
    boolean weekend,
    boolean tetSeason,
    boolean shoppingFestival,
    boolean tetHoliday,
    int daysToTet,
    boolean publicHoliday) {}
