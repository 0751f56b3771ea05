package vn.phusa.transforms.money;

import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.rules.VietnameseCalendar;

/** The Vietnamese day that an order or a payment belongs to. */
public final class BusinessDay {

  private BusinessDay() {}

  /**
   * Days since 1970-01-01 of an instant; null for a time that is not known.
   *
   * @param field the name of the time, for the error
   * @throws RejectedException {@link Reason#OUT_OF_CALENDAR} where dim_time has no such day
   */
  public static @Nullable Integer of(
      @Nullable Long micros, VietnameseCalendar calendar, String field) throws RejectedException {
    if (micros == null) {
      return null;
    }
    int day = VietnameseCalendar.epochDay(micros);
    if (!calendar.contains(day)) {
      throw new RejectedException(
          Reason.OUT_OF_CALENDAR,
          field
              + " is not between "
              + VietnameseCalendar.FIRST_DAY
              + " and "
              + VietnameseCalendar.LAST_DAY);
    }
    return day;
  }

  /** yyyymmdd of a day of the calendar; -1 for null. */
  public static int timeKey(@Nullable Integer epochDay, VietnameseCalendar calendar) {
    return epochDay == null ? VietnameseCalendar.UNKNOWN_TIME_KEY : calendar.timeKey(epochDay);
  }
}
