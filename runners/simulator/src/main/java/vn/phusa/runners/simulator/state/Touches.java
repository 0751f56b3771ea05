package vn.phusa.runners.simulator.state;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Changes of records beyond those that time brings. */
public final class Touches {
  /**
   * @param count how many there were
   * @param at when the last was, seconds since 1970
   */
  record Touch(int count, long at) {}

  static final Touch NONE = new Touch(0, Long.MIN_VALUE);

  private final Map<Integer, Touch> byNumber = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong();

  Touch of(int number) {
    return byNumber.getOrDefault(number, NONE);
  }

  void add(int number, long at) {
    byNumber.merge(number, new Touch(1, at), (old, one) -> new Touch(old.count() + 1, at));
    version.incrementAndGet();
  }

  /** Grows with every touch. */
  long version() {
    return version.get();
  }
}
