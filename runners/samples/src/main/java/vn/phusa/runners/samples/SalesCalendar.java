package vn.phusa.runners.samples;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/**
 * When a Vietnamese shop sells: more every year, more in the weeks before Tet and almost nothing in
 * it, and far more on the festival days. Days are Vietnamese ones.
 */
final class SalesCalendar {
  static final ZoneOffset VIETNAM = ZoneOffset.ofHours(7);
  static final LocalDate OPENING = LocalDate.of(2023, 1, 1);

  /** The first days of the lunar years, in Vietnam's reckoning. */
  private static final List<LocalDate> TET =
      List.of(
          LocalDate.of(2023, 1, 22),
          LocalDate.of(2024, 2, 10),
          LocalDate.of(2025, 1, 29),
          LocalDate.of(2026, 2, 17),
          LocalDate.of(2027, 2, 6),
          LocalDate.of(2028, 1, 26),
          LocalDate.of(2029, 2, 13),
          LocalDate.of(2030, 2, 2),
          LocalDate.of(2031, 1, 23),
          LocalDate.of(2032, 2, 11));

  /** What share of a day's sales falls into each hour, in thousandths. */
  private static final int[] HOURS = {
    20, 10, 6, 5, 5, 8, 15, 25, 35, 45, 55, 65, 75, 50, 45, 45, 45, 45, 50, 65, 85, 95, 70, 36
  };

  private final Instant until;
  private final double[] sumUpToDay;
  private final double[] sumUpToHour;

  /**
   * @param until the end, after the opening day
   */
  SalesCalendar(Instant until) {
    this.until = until;
    long days = OPENING.until(until.atOffset(VIETNAM).toLocalDate(), ChronoUnit.DAYS) + 1;
    if (days < 2) {
      throw new IllegalArgumentException("The shop opened on " + OPENING + "; until is " + until);
    }
    sumUpToDay = new double[(int) days];
    double sum = 0;
    for (int day = 0; day < days; day++) {
      sum += weight(OPENING.plusDays(day)) * (1 + (double) day / 1000);
      sumUpToDay[day] = sum;
    }
    sumUpToHour = new double[HOURS.length];
    double hours = 0;
    for (int hour = 0; hour < HOURS.length; hour++) {
      hours += HOURS[hour];
      sumUpToHour[hour] = hours;
    }
  }

  /** The moment at which a share of all sales has been made (in whole days; the hour is drawn). */
  Instant at(double share, SampleRandom random) {
    int day = find(sumUpToDay, share);
    int hour = find(sumUpToHour, random.unit());
    LocalDate date = OPENING.plusDays(day);
    Instant moment =
        date.atTime(hour, 0)
            .toInstant(VIETNAM)
            .plus(random.between(0, 3_600_000_000L - 1), ChronoUnit.MICROS);
    return notAfterEnd(moment, random);
  }

  /** The moment itself, or one shortly before the end for those after it. */
  Instant notAfterEnd(Instant moment, SampleRandom random) {
    return moment.isAfter(until)
        ? until.minus(random.between(0, 3_600_000_000L), ChronoUnit.MICROS)
        : moment;
  }

  private static int find(double[] sums, double share) {
    int found = Arrays.binarySearch(sums, share * sums[sums.length - 1]);
    return Math.min(found < 0 ? -found - 1 : found + 1, sums.length - 1);
  }

  private static double weight(LocalDate day) {
    boolean weekend = day.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue();
    return (weekend ? 1.15 : 1) * festival(day) * tet(day);
  }

  private static double festival(LocalDate day) {
    if (day.getMonthValue() == day.getDayOfMonth()) {
      return switch (day.getMonthValue()) {
        case 9, 10 -> 3;
        case 11 -> 5;
        case 12 -> 4;
        default -> 1.5;
      };
    }
    boolean blackFriday =
        day.getMonthValue() == 11
            && day.getDayOfWeek() == DayOfWeek.FRIDAY
            && day.getDayOfMonth() >= 23
            && day.getDayOfMonth() <= 29;
    return blackFriday ? 2.5 : 1;
  }

  private static double tet(LocalDate day) {
    for (LocalDate first : TET) {
      long left = day.until(first, ChronoUnit.DAYS);
      if (left > 1 && left <= 28) {
        return 2.2 - left * 0.04;
      }
      if (left <= 1 && left >= -4) {
        return 0.2;
      }
      if (left < -4 && left >= -12) {
        return 0.7;
      }
    }
    return 1;
  }
}
