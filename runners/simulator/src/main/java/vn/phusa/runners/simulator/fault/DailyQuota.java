package vn.phusa.runners.simulator.fault;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.OptionalInt;

/** At most so many requests a day; the day is that of UTC+8. */
public final class DailyQuota {
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

  private final Clock clock;
  private OptionalInt limit;
  private LocalDate day;
  private int taken;

  public DailyQuota(OptionalInt limit, Clock clock) {
    this.limit = limit;
    this.clock = clock;
    this.day = today();
  }

  /** Sets another limit, and counts from 0 again. */
  public synchronized void reset(OptionalInt newLimit) {
    limit = newLimit;
    taken = 0;
  }

  /** Counts a request: 0, or else the milliseconds until the next day. */
  public synchronized long take() {
    LocalDate today = today();
    if (!today.equals(day)) {
      day = today;
      taken = 0;
    }
    if (limit.isPresent() && taken >= limit.getAsInt()) {
      return Duration.between(clock.instant(), today.plusDays(1).atStartOfDay(ZONE).toInstant())
          .toMillis();
    }
    taken++;
    return 0;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZONE);
  }
}
