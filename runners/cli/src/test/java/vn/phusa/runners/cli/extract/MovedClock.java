package vn.phusa.runners.cli.extract;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The real time, moved: hours and days pass when a test says so. */
final class MovedClock extends Clock {
  private volatile Duration offset;

  /** At a time when it is made. */
  MovedClock(Instant at) {
    this.offset = Duration.between(Clock.systemUTC().instant(), at);
  }

  void move(Duration by) {
    offset = offset.plus(by);
  }

  /** The same for a pipeline's workers, as far as it has been moved until now. */
  Clock now() {
    return Clock.offset(Clock.systemUTC(), offset);
  }

  @Override
  public Instant instant() {
    return Clock.systemUTC().instant().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return now().withZone(zone);
  }
}
