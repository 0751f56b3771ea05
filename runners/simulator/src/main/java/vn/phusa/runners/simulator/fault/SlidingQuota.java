package vn.phusa.runners.simulator.fault;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** At most so many requests in any window of a length. */
public final class SlidingQuota {
  private final int limit;
  private final long windowMillis;
  private final Clock clock;
  private final Deque<Long> granted = new ArrayDeque<>();

  public SlidingQuota(int limit, Duration window, Clock clock) {
    this.limit = limit;
    this.windowMillis = window.toMillis();
    this.clock = clock;
  }

  /** Counts a request: 0, or else the milliseconds until one would be granted. */
  public synchronized long take() {
    long now = clock.millis();
    while (!granted.isEmpty() && granted.peekFirst() + windowMillis <= now) {
      granted.removeFirst();
    }
    if (granted.size() >= limit) {
      return limit == 0 ? windowMillis : Math.max(1, granted.peekFirst() + windowMillis - now);
    }
    granted.addLast(now);
    return 0;
  }
}
